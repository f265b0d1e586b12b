import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { ComplainRow } from '../../../../features/reviews/complain-row';
import { HeldNote } from '../../../../features/reviews/held-note';
import type { Showcase } from '../../../../features/commitments/showcase';
import { go } from '../../../../lib/navigation';
import { dateWords, whenWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { StageTag } from '../../../../ui/tags';
import { useFollowing } from '../../watching/use-following';
import { Contestants } from './contestants';
import { hasDeskActions, ShowcaseFoot } from './showcase-foot';
import { Places } from './places';
import { ResultPaper } from './result-paper';
import './index.scss';

const pollMs = 10_000;

/** One showcase: by what is judged, who competes, who judges; a judge gives marks here, the town moves it on. */
export default function ShowcasePage() {
  const { showcaseId = '' } = useRouter().params;
  const query = useCall('showcases.read', { params: { showcaseId } });
  useFreshOnShow(query);
  useFollowing(query, query.data?.state === 'scoring' ? pollMs : null);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const showcase = query.data;
  const foot = showcase && hasDeskActions(showcase) ? <ShowcaseFoot showcase={showcase} /> : undefined;
  return (
    <Page title="打擂比武" bottom={foot} wide>
      <Await query={query}>
        {(one) => (
          <View className="showcase">
            <Head showcase={one} />
            {one.results && <Places results={one.results} />}
            {one.signedAt !== null && <ResultPaper showcaseId={one.id} />}
            {seesProgress(one) && <Progress judges={one.judges} />}
            <Contestants showcase={one} />
            <Criteria showcase={one} />
            {!seesProgress(one) && <Judges judges={one.judges} />}
            {one.complainable && (
              <ComplainRow things={[{ field: 'showcase.notice', thingId: one.id, words: one.title }]} />
            )}
          </View>
        )}
      </Await>
    </Page>
  );
}

function Head({ showcase }: { showcase: Showcase }) {
  const { id, title, heldOn, stage, stateName, state, signedBy, signedAt, progress, allows, held } = showcase;
  const now = useNow();
  const waitsForOther = state === 'counted' && allows.includes('cancel') && !allows.includes('sign');
  return (
    <>
      <Card>
        <View className="showcase__title">{title}</View>
        <HeldNote held={held && allows.length > 0} />
        <View className="showcase__state">
          <StageTag stage={stage} words={stateName} />
          <View>{dateWords(heldOn, now)}</View>
        </View>
        {state === 'scoring' && (
          <View className="showcase__words">{`${progress.judges} 位评委，${progress.done} 位评完了。`}</View>
        )}
        {waitsForOther && (
          <View className="showcase__words">打分是您结束的，请镇里另一位书记签字，两个人为结果负责。</View>
        )}
        {signedBy !== null && signedAt !== null && (
          <View className="showcase__words">{`${signedBy} ${whenWords(signedAt, now)} 签字，名次不再改动。`}</View>
        )}
      </Card>
      <Card bare>
        <Row
          icon="monitor"
          title="大屏"
          words="会场投影用：打分进度，结束后看名次"
          onPress={() => void go('showcaseHall', { showcaseId: id })}
        />
      </Card>
    </>
  );
}

/** 标准和比重 */
function Criteria({ showcase: { criteria, residentShare } }: { showcase: Showcase }) {
  return (
    <Card bare title="怎么评">
      {criteria.map(({ name, weight }) => (
        <Row key={name} title={name} end={<View className="showcase__share">{`${weight}%`}</View>} />
      ))}
      <Row
        title="群众评诺"
        words={`一年里群众给承诺打的星，占总分的 ${residentShare}%；上面几项由评委打，占其余的。五位评委以上，去掉一个最高分、一个最低分。`}
      />
    </Card>
  );
}

/** Whoever ends the scoring wants to know who is how far. */
const seesProgress = ({ state, allows }: Showcase): boolean => state === 'scoring' && allows.includes('finish');

const Judges = ({ judges }: Pick<Showcase, 'judges'>) => (
  <Card title={`评委 ${judges.length} 位`}>
    <View>{judges.map(({ name }) => name).join('、')}</View>
  </Card>
);

/** How many each has scored, never the marks. */
const Progress = ({ judges }: Pick<Showcase, 'judges'>) => (
  <Card bare title="评委评到哪里了">
    {judges.map(({ personId, name, scored, due }) => (
      <Row
        key={personId}
        icon={scored >= due ? 'circle-check-big' : 'clock'}
        title={name}
        end={<View className="showcase__share">{scored >= due ? '评完了' : `评了 ${scored} / ${due}`}</View>}
      />
    ))}
  </Card>
);
