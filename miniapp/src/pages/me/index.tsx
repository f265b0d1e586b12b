import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { ScanRow } from '../../features/access/scan-row';
import { ShowcasesRow } from '../../features/commitments/showcase-doors';
import { Face } from '../../features/people/face';
import { HomeRows } from '../../features/households/home-rows';
import { chooseLargeType, useLargeType } from '../../lib/large-type';
import { go } from '../../lib/navigation';
import { platform } from '../../lib/platform/platform';
import { unsentBy } from '../../lib/send-queue-runner';
import { isAtComputer, personNow, refreshMe, signOut, tokenNow, useMe, type Me } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Pressable } from '../../ui/pressable';
import { Row } from '../../ui/row';
import { countWords } from '../../ui/segments';
import { Switch } from '../../ui/switch';
import { PublishedPhone } from './published-phone';
import './index.scss';

export default function MePage() {
  const me = useMe();
  const large = useLargeType((state) => state.large);
  useDidShow(() => void refreshMe());
  return (
    <Page title="我的" tab="me">
      {me && <Who me={me} />}
      {me && <Roles roles={me.roles} />}
      {me?.can.includes('phone.publish') && <PublishedPhone />}
      <Card bare title="常用">
        <Switch
          title="长辈版"
          words="字更大，按钮更大"
          on={large}
          onChange={(on) => void chooseLargeType(on, tokenNow())}
        />
        <Row
          icon="bell"
          title="消息"
          words={me && me.unreadMessages > 0 ? `${countWords(me.unreadMessages)} 条没看过` : null}
          onPress={() => void go('messages')}
        />
        <Row
          icon="megaphone"
          title="消息通知"
          words={platform.notices ? '哪些事用微信通知我' : '哪些事会告诉我，在哪里看'}
          onPress={() => void go('messageWays')}
        />
        {me && <HomeRows me={me} />}
        {me?.can.includes('commitment.draft') && (
          <Row
            icon="handshake"
            title="我的承诺"
            words="答应大家的事，办到哪一步了"
            onPress={() => void go('myCommitments')}
          />
        )}
        {me?.can.includes('commitment.draft') && (
          <Row
            icon="user-round"
            title="我的党员名片"
            words="亮身份、亮岗位、亮承诺"
            onPress={() => void go('memberCard', { personId: me.personId })}
          />
        )}
        {me?.can.includes('commitment.read') && (
          <Row
            icon="landmark"
            title="承诺墙"
            words="党组织和党员今年答应办的事"
            onPress={() => void go('commitments', {})}
          />
        )}
        {me?.can.includes('post.delegate') && (
          <Row
            icon="users-round"
            title="代理"
            words="外出时请人代办，或看看您代谁"
            onPress={() => void go('delegations')}
          />
        )}
        {me?.can.includes('commitment.read') && <ShowcasesRow />}
        <Row
          icon="calendar-days"
          title="活动"
          words="村里、支部办什么，想去就报名"
          onPress={() => void go('activities')}
        />
        <Row
          icon="message-square-text"
          title="投诉建议"
          words="这个小程序哪里不好用，告诉我们"
          onPress={() => void go('opinions')}
        />
        {me && (me.roles.length > 0 || !me.home) && <ScanRow newcomer={me.roles.length === 0} />}
        <Row
          icon="smartphone"
          title="登录的设备"
          words={me && me.roles.length > 0 ? '在哪些手机、电脑上登录着，二次验证' : '在哪些手机、电脑上登录着'}
          onPress={() => void go('sessions')}
        />
        <Row
          icon="shield-check"
          title="隐私与数据"
          words="您的信息怎么用、谁看过、更正、注销"
          onPress={() => void go('privacy')}
        />
      </Card>
      <View className="me__leave">
        <Button look="plain" onPress={() => void leave()}>
          退出登录
        </Button>
      </View>
    </Page>
  );
}

function Who({ me }: { me: Me }) {
  const profile = useCall('profile.read').data;
  return (
    <View className="me__who">
      <Pressable className="me__face" label="头像和昵称，点开换" onPress={() => void go('profile')}>
        <Face picture={profile?.picture ?? null} />
      </Pressable>
      <View className="me__text">
        <View className="me__name">{me.name}</View>
        {profile?.nickname && <View className="me__home">{profile.nickname}</View>}
        {me.home && (
          <View className="me__home">
            {me.home.town} {me.home.village} {me.home.group} {me.home.door}
          </View>
        )}
        {me.phone && <View className="me__home">{me.phone}</View>}
      </View>
    </View>
  );
}

const rolesWords = (roles: Me['roles']) =>
  roles.map(({ kindName, roleName, nodeId, nodeName }) => ({
    ...{ key: `${kindName ?? roleName}.${nodeId}`, name: kindName ?? roleName, place: nodeName },
  }));

/** Who I am here: a role and the place it reaches. Two roles of one name, 网格员 who also 接单, are one to the person. */
function Roles({ roles }: { roles: Me['roles'] }) {
  if (roles.length === 0) return null;
  const named = new Map(rolesWords(roles).map((role) => [role.key, role]));
  return (
    <Card bare title="我在这里">
      {[...named.values()].map(({ key, name, place }) => (
        <Row key={key} icon="users-round" title={name} words={place} />
      ))}
    </Card>
  );
}

async function leave(): Promise<void> {
  const personId = personNow();
  const clears = personId !== null && isAtComputer();
  const words = clears ? clearingWords(unsentBy(personId).length) : '没写完的单子会留在这部手机上，下次登录还在。';
  if (!(await confirm({ title: '要退出登录吗？', words, yes: '退出登录', no: '不退了' }))) return;
  await signOut(); // and the page, seeing nobody signed in, goes to the sign-in page
}

/** At an office's computer what was typed goes with him (lib/shared-computer.ts). */
const clearingWords = (unsent: number): string =>
  unsent === 0
    ? '没写完的会从这台电脑上删掉，免得别人看到。'
    : `还有 ${unsent} 份没有发出去，退出就从这台电脑上删掉了；没写完的也一起删掉。想留的，请先等它发完。`;
