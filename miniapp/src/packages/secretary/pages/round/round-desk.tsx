import { View } from '@tarojs/components';
import type { Counts, Round } from '../../../../features/commitments/commitment';
import { Facts } from '../../../../features/commitments/facts';
import { shareWords } from '../../../../features/commitments/figure-words';
import { rankNames } from '../../../../features/commitments/ranks';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { dateWords } from '../../../../lib/time-words';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { Steps } from '../../../../ui/steps';
import { Blockers } from './blockers';
import { MoveButtons } from './move-buttons';
import { stepAt, yearSteps } from './round-steps';

/** One year: where it stands, the next step, what is in the way, and where the numbers are. */
export function RoundDesk({ round }: { round: Round }) {
  const isOver = round.state === 'closed';
  return (
    <>
      <Card>
        <View className="round__title">{`${round.year} 年，${round.stateName}`}</View>
        <Steps steps={yearSteps} at={stepAt(round)} finished={isOver} />
        <Rule round={round} />
      </Card>
      {round.allows.includes('close') ? (
        <Closing round={round} />
      ) : (
        <Card title={isOver ? undefined : '下一步'}>
          <MoveButtons round={round} blocked={false} />
        </Card>
      )}
      <Numbers round={round} />
    </>
  );
}

function Rule({ round: { minima, ranks, draftsUntil, reviewsUntil, endsOn } }: { round: Round }) {
  const now = useNow();
  const { organization, personal, secretaryProject, livelihoodProject } = minima;
  return (
    <Facts
      facts={[
        ['拟诺', `${dateWords(draftsUntil, now)}前`],
        ['审诺', `${dateWords(reviewsUntil, now)}前`],
        ['到期', dateWords(endsOn, now)],
        ['党组织', `民生实事 ${organization} 件、书记项目 ${secretaryProject} 件、民生项目 ${livelihoodProject} 件`],
        ['党员', `微小实事 ${personal} 件`],
        ['谁承诺', `${ranks.map((rank) => rankNames[rank]).join('、')}，和在册的党员`],
      ]}
    />
  );
}

/** Before the end: what is not decided yet, and then the last press. */
function Closing({ round }: { round: Round }) {
  const query = useCall('rounds.blockers', { params: { roundId: round.id } });
  useFreshOnShow(query);
  return (
    <Await query={query} rows={1}>
      {({ items }) => (
        <>
          <Blockers items={items} />
          <Card title="下一步">
            <MoveButtons round={round} blocked={items.length > 0} />
          </Card>
        </>
      )}
    </Await>
  );
}

function Numbers({ round }: { round: Round }) {
  const own = useOwnPart(round);
  const query = useCall('rounds.read', {
    params: { roundId: round.id },
    query: own ? { organizationId: own.nodeId } : {},
  });
  useFreshOnShow(query);
  if (round.state === 'preparing') return null;
  const { counts } = query.data ?? {};
  return (
    <Card bare title={own?.nodeName ?? '全镇'}>
      <Row
        icon="users-round"
        title="谁还没承诺"
        words={counts ? listWords(counts) : null}
        onPress={() => void go('debtors')}
      />
      <Row
        icon="chart-column"
        title="办得怎么样"
        words={counts ? resultWords(counts, round.state === 'closed') : null}
        onPress={() => void go('commitmentFigures', { roundId: round.id, ...(own ? { under: own.nodeId } : {}) })}
      />
      <Row
        icon="handshake"
        title="承诺墙"
        words="一件一件看"
        onPress={() => void go('commitments', { roundId: round.id })}
      />
    </Card>
  );
}

/** Whoever does not stand over the whole town: the organisation where he holds his post. */
function useOwnPart({ organizationId }: Round) {
  const posts = useMe()?.roles.filter(({ tree }) => tree === 'party') ?? [];
  return posts.some(({ nodeId }) => nodeId === organizationId) ? null : (posts[0] ?? null);
}

const listWords = ({ organizations, members, underMinimum }: Counts): string => {
  const who = `${organizations} 个党组织、${members} 名党员要承诺`;
  if (underMinimum === null) return who;
  return underMinimum === 0 ? `${who}，都够数了` : `${who}，${underMinimum} 个还不够数`;
};

function resultWords({ keptShare, kept, partlyKept, notKept, ...counts }: Counts, isOver: boolean): string {
  if (!isOver) return `在办 ${counts.published}，等验收 ${counts.delivered}，验收 ${counts.accepted}`;
  const share = keptShare === null ? '' : `，兑现率 ${shareWords(keptShare)}`;
  return `兑现 ${kept}，部分兑现 ${partlyKept}，未兑现 ${notKept}${share}`;
}
