import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useQuery } from '@tanstack/react-query';
import { useAsking, type Mine } from '../../../../features/subscriptions/use-asking';
import { go } from '../../../../lib/navigation';
import type { Notices } from '../../../../lib/platform/device';
import { platform } from '../../../../lib/platform/platform';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import './index.scss';

/** 消息通知: which things reach me by which way, and how to change that. */
export default function MessageWaysPage() {
  return (
    <Page title="消息通知">
      <Inbox />
      {platform.notices ? <InWechat notices={platform.notices} /> : <InBrowser />}
      <Others />
    </Page>
  );
}

const Inbox = () => (
  <Card bare title="在这里看">
    <Row icon="bell" title="消息" words="每一条都在，不会少，随时能翻" onPress={() => void go('messages')} />
  </Card>
);

const InBrowser = () => (
  <Card title="微信通知">
    <View className="ways__words">
      您现在用的是浏览器。要微信通知您，请在微信里打开“三单”小程序，在“我的 - 消息通知”里允许。
    </View>
  </Card>
);

function InWechat({ notices }: { notices: Notices }) {
  const mine = useCall('subscriptions.mine');
  const kept = useQuery({ queryKey: ['notices.kept'], queryFn: () => notices.kept() });
  // Back from WeChat's settings.
  useDidShow(() => void Promise.all([mine.refetch(), kept.refetch()]));
  return (
    <>
      {kept.data?.mainSwitch === false && (
        <View className="ways__off">
          您在微信里关掉了这个小程序的全部通知，下面的都收不到。要打开：点“打开微信的设置”，再点“通知管理”。
        </View>
      )}
      <Await query={mine}>{({ items }) => <Templates items={items} notices={notices} />}</Await>
      <Button look="plain" icon="settings" onPress={() => void notices.openSettings()}>
        打开微信的设置
      </Button>
    </>
  );
}

function Templates({ items, notices }: { items: Mine['items']; notices: Notices }) {
  const { busy, ask } = useAsking(notices);
  if (items.length === 0) {
    return (
      <Card title="微信通知">
        <View className="ways__words">县里还没有开通微信通知，请在“消息”里看。</View>
      </Card>
    );
  }
  return (
    <Card bare title="微信通知">
      {items.map(({ kind, name, about, says, templateId }) => (
        <Row key={kind} title={name} words={about}>
          <View className="ways__says">{says}</View>
          {templateId !== null && (
            <Button short label={`允许${name}`} busy={busy} onPress={() => ask([templateId])}>
              允许
            </Button>
          )}
        </Row>
      ))}
    </Card>
  );
}

/** What comes by no message: domain.md §8. */
function Others() {
  const works = (useMe()?.roles.length ?? 0) > 0;
  return (
    <Card title="还有这些办法">
      <View className="ways__words">问您办得怎么样，等了几天您没回，村里会打电话问。</View>
      <View className="ways__words">微信收不到、又很久没打开的人，有要紧的事村里会打电话，不用担心错过。</View>
      {works && (
        <View className="ways__words">
          特急的事，点单人会打值班电话，夜里也请接听。不急的攒在一起说，不会一条一条地响。
        </View>
      )}
    </Card>
  );
}
