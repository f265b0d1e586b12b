import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { ContactWays } from '../../../../features/households/contact-ways';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { dayWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { AskAnother } from './ask-another';
import './index.scss';

type Mine = ReplyFrom<'householdLinks.mine'>;

/** 双联双找: my party member, my branch, the hub households near by, and who has come to see us. */
export default function MyContactsPage() {
  const mine = useCall('householdLinks.mine');
  const came = useCall('visits.atHome');
  usePullDownRefresh(
    () => void Promise.all([mine.refetch(), came.refetch()]).finally(() => Taro.stopPullDownRefresh()),
  );
  return (
    <Page title="我的党员和支部">
      <Await query={mine}>
        {(found) => (
          <>
            <Member mine={found} />
            <Branch branch={found.branch} />
            <Hubs hubs={found.hubs} />
          </>
        )}
      </Await>
      <Await query={came} rows={1}>
        {({ items }) => <Came items={items} />}
      </Await>
    </Page>
  );
}

function Member({ mine: { member, serving, askedAt, allows } }: { mine: Mine }) {
  const now = useNow();
  if (!member)
    return (
      <Card bare title="我的党员">
        <Row icon="user-round" title="还没有联系您家的党员" words="村里正在安排。有事先点单，一样有人办。" />
        {serving && <Serving serving={serving} />}
      </Card>
    );
  const { personId, name, kindName, phone, away, standInFor } = member;
  const who = standInFor === null ? `${kindName}，联系您家` : `${kindName}，${standInFor}外出，这阵子由他联系您家`;
  return (
    <Card bare title="我的党员">
      <ContactWays name={name} words={away ? `${who}，现在外出` : who} phone={phone}>
        {allows.includes('placeDirect') && (
          <Button
            look="plain"
            icon="hand-helping"
            label={`找${name}帮忙`}
            onPress={() => void go('place', { way: 'direct' })}
          >
            找他帮忙
          </Button>
        )}
      </ContactWays>
      <Row
        icon="handshake"
        title="他今年答应办的事"
        words="写在承诺墙上，办没办成大家评"
        onPress={() => void go('commitments', { personId })}
      />
      {serving && <Serving serving={serving} />}
      {askedAt !== null && (
        <Row icon="clock" title="想换一位联系党员" words={`${dayWords(askedAt, now)}说的，书记正在安排。`} />
      )}
      {allows.includes('askAnother') && <AskAnother />}
    </Card>
  );
}

/** Until somebody stands in, nobody is left without anyone. */
const Serving = ({ serving: { name, kindName, phone } }: { serving: NonNullable<Mine['serving']> }) => (
  <ContactWays name={name} words={`${kindName}，这阵子先由他照看您家`} phone={phone} />
);

function Branch({ branch }: { branch: Mine['branch'] }) {
  if (!branch) return null;
  return (
    <Card bare title="我的支部">
      {branch.secretaries.map(({ personId, name, kindName, phone }) => (
        <ContactWays key={personId} name={name} words={`${branch.name}，${kindName}`} phone={phone} />
      ))}
      {branch.secretaries.length === 0 && (
        <Row icon="landmark" title={branch.name} words="书记还没登记，先由上级支部照看。" />
      )}
      <Row
        icon="hand-helping"
        title="找支部帮忙"
        words="说一声，村里先接着，支部书记也看得到"
        onPress={() => void go('place', {})}
      />
      <Row
        icon="handshake"
        title="支部今年答应办的事"
        words="写在承诺墙上"
        onPress={() => void go('commitments', { organizationId: branch.organizationId })}
      />
    </Card>
  );
}

/** 党员中心户: where somebody without a phone finds a neighbour who orders for him. */
function Hubs({ hubs }: { hubs: Mine['hubs'] }) {
  if (hubs.length === 0) return null;
  return (
    <Card bare title="身边的中心户">
      {hubs.map(({ householdId, place, keepers }) =>
        keepers.length === 0 ? (
          <Row key={householdId} icon="house" title={place} words="有事可以上门说" />
        ) : (
          keepers.map(({ personId, name, phone }) => (
            <ContactWays key={personId} name={name} words={`${place}，可以上门说，也能替您点单`} phone={phone} />
          ))
        ),
      )}
    </Card>
  );
}

function Came({ items }: ReplyFrom<'visits.atHome'>) {
  const now = useNow();
  return (
    <Card bare title="谁来过我家">
      {items.length === 0 && <Row title="还没有走访记录" words="党员每个月会来看看，来过就记在这里。" />}
      {items.map(({ at, byName, resultName }) => (
        <Row
          key={at}
          title={byName}
          words={dayWords(at, now)}
          end={<View className="came__result">{resultName}</View>}
        />
      ))}
    </Card>
  );
}
