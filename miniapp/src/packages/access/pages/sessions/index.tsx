import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import './index.scss';

type Session = ReplyFrom<'access.sessions'>['sessions'][number];

/** 登录的设备: where I am signed in, and out with whatever is not mine. */
export default function SessionsPage() {
  const me = useMe();
  const query = useCall('access.sessions');
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="登录的设备">
      <Await query={query}>
        {({ sessions, desktop }) => (
          <>
            <View {...aria({ role: 'list', label: '登录的设备' })}>
              {sessions.map((session) => (
                <View key={session.sessionId} className="list__item" {...aria({ role: 'listitem' })}>
                  <Device session={session} desktop={desktop} />
                </View>
              ))}
            </View>
            {sessions.length > 1 ? <EndOthers count={sessions.length - 1} /> : <Alone />}
            {sessions.some(({ here, channel }) => here && channel === 'desktop') && <MyPhone />}
          </>
        )}
      </Await>
      {me && me.roles.length > 0 && (
        <Card bare>
          <Row
            icon="shield-check"
            title="二次验证"
            words="改设置、导出名单前再验证一次"
            onPress={() => void go('secondFactor')}
          />
        </Card>
      )}
    </Page>
  );
}

const MyPhone = () => (
  <Card bare>
    <Row
      icon="smartphone"
      title="连接我的手机"
      words="让手机微信里的“三单”就是您本人；换了手机也在这里连"
      onPress={() => void go('myPhone')}
    />
  </Card>
);

const Alone = () => <View className="sessions__alone">只有这一台设备登录着。</View>;

function Device({
  session: { sessionId, channel, channelName, device, startedAt, lastSeenAt, here },
  desktop: { idleMinutes, hours },
}: {
  session: Session;
  desktop: ReplyFrom<'access.sessions'>['desktop'];
}) {
  const now = useNow();
  const end = useAct('access.endSession', { sessionId });
  const ask = async () => {
    const sure = await confirm({
      title: `让${device ?? channelName}退出登录吗？`,
      words: '那台设备上要重新登录才能用。',
      yes: '让它退出',
      no: '不用了',
    });
    if (sure) end.mutate({}, { onSuccess: () => toast('已经退出') });
  };
  return (
    <Card>
      <View className="sessions__one">
        <View className="sessions__words">
          <View className="sessions__head">
            <View className="sessions__device">{device ?? channelName}</View>
            {here && <Tag colour="done" words="这台" />}
          </View>
          <View className="sessions__facts">
            {channelName} · {agoWords(startedAt, now)}登录{here ? '' : ` · ${agoWords(lastSeenAt, now)}用过`}
          </View>
          {channel === 'desktop' && (
            <View className="sessions__facts">{`${minutesWords(idleMinutes)}不用，或满 ${hours} 小时，自动退出`}</View>
          )}
        </View>
        {!here && (
          <Button
            short
            look="plain"
            busy={end.isPending}
            label={`让${device ?? channelName}退出登录`}
            onPress={() => void ask()}
          >
            退出登录
          </Button>
        )}
      </View>
      {end.error && <View className="sessions__trouble">{troubleWords(end.error)}</View>}
    </Card>
  );
}

const minutesWords = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`);

function EndOthers({ count }: { count: number }) {
  const end = useAct('access.endOtherSessions', undefined);
  const ask = async () => {
    const sure = await confirm({
      title: `让其他 ${count} 台设备都退出吗？`,
      words: '手机丢了，或者看到不认识的设备，就全部退出。这台不受影响。',
      yes: '都退出',
      no: '不用了',
    });
    if (sure) end.mutate({}, { onSuccess: () => toast('其他设备都退出了') });
  };
  return (
    <View className="sessions__others">
      <Button look="plain" busy={end.isPending} onPress={() => void ask()}>
        其他设备都退出
      </Button>
    </View>
  );
}
