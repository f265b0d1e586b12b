import { go } from '../../lib/navigation';
import type { Me } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';

/** On no roll here yet: nobody's house, and no post. */
const isNew = ({ home, roles }: Me): boolean => home === null && roles.length === 0;

const stands: Readonly<Record<string, string>> = {
  waiting: '已经交上去了，等网格员核实',
  waitingAbove: '已经交上去了，等核实',
};

/** 绑定手机: offered, never asked for; whoever is not bound orders all the same. */
export function BindDoor({ me }: { me: Me }) {
  if (!isNew(me)) return null;
  return (
    <Card bare>
      <BindRow />
    </Card>
  );
}

function BindRow() {
  const state = useCall('bindings.mine').data?.request?.state ?? '';
  return (
    <Row
      icon="user-round"
      title="绑定手机"
      words={stands[state] ?? '对上村里的花名册，就不用每次填电话和地址'}
      onPress={() => void go('bind', {})}
    />
  );
}

/** 我的: my house, the house of my parents, or how to be known here. */
export function HomeRows({ me }: { me: Me }) {
  const { home } = me;
  return (
    <>
      {isNew(me) && <BindRow />}
      {home && (
        <Row
          icon="house"
          title="我家"
          words="家里有谁，谁替家里点过单"
          onPress={() => void go('household', { householdId: home.householdId })}
        />
      )}
      <CareRow />
    </>
  );
}

function CareRow() {
  const mine = useCall('care.mine').data?.mine ?? [];
  if (mine.length === 0) return null;
  return <Row icon="heart-handshake" title="我照看的家" words={`${mine.length} 户`} onPress={() => void go('care')} />;
}
