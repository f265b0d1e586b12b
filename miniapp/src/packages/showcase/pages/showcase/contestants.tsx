import { View } from '@tarojs/components';
import type { Showcase } from '../../../../features/commitments/showcase';
import { go } from '../../../../lib/navigation';
import { useSendQueue } from '../../../../lib/send-queue-runner';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { scoreFormOf } from '../../scoring/score-draft';
import { marksWords } from '../../watching/showcase-words';

type Contestant = Showcase['contestants'][number];

/** In the order of the stage. A judge opens the one he scores, and afterwards sees what he gave; the hall how far it is. */
export function Contestants({ showcase }: { showcase: Showcase }) {
  const { contestants, allows, state, results } = showcase;
  const isJudge = allows.includes('score') || contestants.some(({ myMarks }) => myMarks !== null);
  if (!isJudge && results) return null; // the places name them all
  if (!isJudge && state !== 'scoring') return <Names contestants={contestants} />;
  return (
    <Card bare title={isJudge ? judgeTitle(showcase) : `参赛的 ${contestants.length} 个党组织`}>
      {contestants.map((contestant) =>
        isJudge ? (
          <Scored key={contestant.organizationId} showcase={showcase} contestant={contestant} />
        ) : (
          <Row
            key={contestant.organizationId}
            title={contestant.name}
            words={`${contestant.judges} / ${contestant.judgesDue} 位评委评了`}
          />
        ),
      )}
    </Card>
  );
}

function judgeTitle({ state, contestants }: Showcase): string {
  const left = contestants.filter(({ mayScore }) => mayScore).length;
  if (state !== 'scoring') return '您打的分';
  return left === 0 ? '都评完了，谢谢您' : `请您评分，还有 ${left} 个没评`;
}

/** Before it begins, and for whoever gave no marks: who competes; a judge also reads from whom he stays away. */
function Names({ contestants }: Pick<Showcase, 'contestants'>) {
  const recused = contestants.filter((contestant) => contestant.recused);
  return (
    <Card title={`参赛的 ${contestants.length} 个党组织`}>
      <View>{namesOf(contestants)}</View>
      {recused.length > 0 && <View className="showcase__words">{`您是评委，要回避：${namesOf(recused)}。`}</View>}
    </Card>
  );
}

const namesOf = (contestants: readonly Contestant[]): string => contestants.map(({ name }) => name).join('、');

/** How a judge stands to one of them: his marks, why he stays away, or what is still to do. */
function Scored({ showcase, contestant }: { showcase: Showcase; contestant: Contestant }) {
  const { organizationId, name, myMarks, recused, mayScore } = contestant;
  const form = scoreFormOf(showcase.id, organizationId);
  const waits = useSendQueue(({ jobs }) => jobs.some((job) => job.form === form && job.state === 'waiting'));
  if (recused)
    return <Row title={name} words="自己的村、驻点的村，您不评" end={<Tag colour="stopped" words="回避" />} />;
  if (myMarks)
    return (
      <Row title={name} words={marksWords(showcase.criteria, myMarks)} end={<Tag colour="done" words="评过了" />} />
    );
  if (waits)
    return <Row title={name} words="分打好了，等网络好了自动交" end={<Tag colour="working" words="待发出" />} />;
  if (!mayScore) return <Row title={name} />;
  return (
    <Row
      title={name}
      label={`给${name}打分`}
      words="还没评，点开给分"
      onPress={() => void go('scoreContestant', { showcaseId: showcase.id, organizationId })}
    />
  );
}
