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

/** In the order of the stage. A judge opens the one he scores; the others say how many have scored it. */
export function Contestants({ showcase }: { showcase: Showcase }) {
  const { contestants, allows, state, results } = showcase;
  const isJudge = allows.includes('score');
  if (results && !isJudge && contestants.every(({ myMarks }) => myMarks === null)) return null;
  const left = contestants.filter(({ mayScore }) => mayScore).length;
  return (
    <Card bare title={titleOf(isJudge, left, contestants.length)}>
      {contestants.map((contestant) =>
        isJudge || contestant.myMarks !== null || contestant.recused ? (
          <Scored key={contestant.organizationId} showcase={showcase} contestant={contestant} />
        ) : (
          <Row
            key={contestant.organizationId}
            title={contestant.name}
            words={state === 'scoring' ? `${contestant.judges} / ${contestant.judgesDue} 位评委评了` : null}
          />
        ),
      )}
    </Card>
  );
}

function titleOf(isJudge: boolean, left: number, all: number): string {
  if (!isJudge) return `参赛的 ${all} 个党组织`;
  return left === 0 ? '都评完了，谢谢您' : `请您评分，还有 ${left} 个没评`;
}

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
      end={<View className="showcase__give">给分</View>}
      onPress={() => void go('scoreContestant', { showcaseId: showcase.id, organizationId })}
    />
  );
}
