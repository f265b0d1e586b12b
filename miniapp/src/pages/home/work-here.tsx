import { mineWords, reviewWords } from '../../features/commitments/counts-words';
import { useCommitmentCounts } from '../../features/commitments/use-counts';
import { seesOrders } from '../../features/orders/desk/sees-orders';
import { go } from '../../lib/navigation';
import type { Me } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';

/** What I do for others: tasks, the desk, ordering for a neighbour without a phone. */
export const WorkHere = ({ me: { tabs, can, home } }: { me: Me }) => (
  <Card bare title="我的工作">
    {tabs.includes('claims') && (
      <Row
        icon="hand-helping"
        title="接单"
        words="看看有什么可以接的，手上还有什么"
        onPress={() => void go('claims')}
      />
    )}
    {tabs.includes('desk') && (seesOrders(can) ? <Desk /> : <OtherDesk can={can} />)}
    {can.includes('visit.record') && <Visits />}
    {can.includes('household.flags') && <Checks />}
    {can.includes('household.neighbours') && (
      <Row
        icon="users-round"
        title="我这片的户"
        words="中心户：看看邻居，替人点单"
        onPress={() => void go('neighbours')}
      />
    )}
    <Promises can={can} />
    {can.includes('order.settle') && (
      <Row
        icon="users-round"
        title="替乡亲点单"
        words="替没有手机、不会用的人说一声"
        onPress={() => void go('place', { way: 'proxy' })}
      />
    )}
    {!home && <Row icon="plus" title="我要点单" words="自己有事也说一声" onPress={() => void go('place', {})} />}
  </Card>
);

function Desk() {
  const { data } = useCall('orders.counts');
  const parts = data
    ? [
        data.overdue > 0 ? `${data.overdue} 件超时` : null,
        data.toStudy > 0 ? `${data.toStudy} 件待研判` : null,
        data.toDispatch > 0 ? `${data.toDispatch} 件待派单` : null,
        data.toCallBack > 0 ? `${data.toCallBack} 件待回访` : null,
      ].filter((words) => words !== null)
    : [];
  return (
    <Row
      icon="layout-list"
      title="工作台"
      words={parts.length > 0 ? parts.join('，') : '看看各村各组的单子'}
      onPress={() => void go('desk')}
    />
  );
}

/** 我联系的户: whose turn it is. Nothing for a helper to whom nobody is linked. */
function Visits() {
  const { data } = useCall('visits.households');
  if (!data || data.households.length === 0) return null;
  const waiting = data.due + data.overdue;
  const visits = waiting === 0 ? '这个月都去过了' : `这个月还有 ${waiting} 户要走访`;
  const words = data.toCheck === 0 ? visits : `${visits}，${data.toCheck} 户的情况要核对`;
  return <Row icon="house" title="我联系的户" words={words} onPress={() => void go('myHouseholds')} />;
}

/** 特殊情况 that were noted a year ago and are looked at again. Nothing while there are none. */
function Checks() {
  const { data } = useCall('households.list', { query: { only: 'checkDue', limit: 1 } });
  if (!data || data.count === 0) return null;
  const words = `有 ${data.count} 户登记满一年了，看看还是不是这样`;
  return (
    <Row
      icon="circle-check-big"
      title="情况要核对"
      words={words}
      onPress={() => void go('households', { only: 'checkDue' })}
    />
  );
}

/** Of who has no orders before him: an administrator, an auditor. */
const OtherDesk = ({ can }: Pick<Me, 'can'>) => (
  <Row
    icon="layout-list"
    title="工作台"
    words={can.includes('audit.read') ? '看看审计记录，核查账号和权限' : '看看数字，答复大家的投诉建议'}
    onPress={() => void go('desk')}
  />
);

/** 承诺: what waits for a secretary to decide, and what a member has still to write or to keep. Nothing while there is none. */
function Promises({ can }: Pick<Me, 'can'>) {
  const { data } = useCommitmentCounts(can.includes('commitment.draft'));
  const review = reviewWords(data?.review ?? null);
  const mine = mineWords(data?.mine ?? null);
  return (
    <>
      {review !== null && (
        <Row icon="handshake" title="审诺亮诺" words={review} onPress={() => void go('reviewCommitments')} />
      )}
      {mine !== null && (
        <Row icon="heart-handshake" title="我的承诺" words={mine} onPress={() => void go('myCommitments')} />
      )}
    </>
  );
}
