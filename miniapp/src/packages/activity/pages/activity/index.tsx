import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { go } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { spanWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { ActivityRow, roomWords, type Activity } from '../../activity-row';
import { CancelSheet } from './cancel-sheet';
import { PeopleCard } from './people-card';
import './index.scss';

/** One activity: what, when, where; signing up; for the organiser its code and who came. */
export default function ActivityPage() {
  const { activityId } = useRouter().params as unknown as PageParams['activity'];
  const query = useCall('activities.read', { params: { activityId } });
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const { data } = query;
  return (
    <Page title="活动" bottom={data && maySign(data) ? <Signing activity={data} /> : undefined}>
      <Await query={query} rows={3}>
        {(activity) => (
          <>
            <About activity={activity} />
            {activity.allows.includes('people') && <Holding activity={activity} />}
            {activity.allows.includes('people') && <PeopleCard activity={activity} />}
          </>
        )}
      </Await>
    </Page>
  );
}

function About({ activity }: { activity: Activity }) {
  const now = useNow();
  const { startsAt, endsAt, words, audienceName, cancelWords } = activity;
  return (
    <>
      <Card bare>
        <ActivityRow activity={activity} />
        {cancelWords !== null && <Row icon="circle-alert" title="取消了" words={cancelWords} />}
        <Row icon="clock" title={spanWords(startsAt, endsAt, now)} />
        <Row icon="users-round" title={roomWords(activity)} words={audienceName} />
      </Card>
      <Card title="做什么">
        <View className="activity__words">{words}</View>
      </Card>
    </>
  );
}

const maySign = ({ allows }: Activity): boolean => allows.includes('join') || allows.includes('leave');

/** 报名, 不去了: one press each, and nothing is held against anybody. */
function Signing({ activity: { activityId, allows } }: { activity: Activity }) {
  const join = useAct('activities.join', { activityId });
  const leave = useAct('activities.leave', { activityId });
  return (
    <>
      <ActTrouble error={join.error ?? leave.error} />
      {allows.includes('join') ? (
        <Button look="main" busy={join.isPending} onPress={() => join.mutate({})}>
          我要报名
        </Button>
      ) : (
        <Button busy={leave.isPending} onPress={() => leave.mutate({})}>
          不去了，取消报名
        </Button>
      )}
    </>
  );
}

function Holding({ activity: { activityId, allows } }: { activity: Activity }) {
  const [cancelling, setCancelling] = useState(false);
  return (
    <View className="activity__acts">
      {allows.includes('showCode') && (
        <Button icon="qr-code" onPress={() => void go('checkInScreen', { activityId })}>
          在屏幕上放签到码
        </Button>
      )}
      {allows.includes('save') && <Button onPress={() => void go('setActivity', { activityId })}>改活动</Button>}
      {allows.includes('cancel') && (
        <Button look="text" onPress={() => setCancelling(true)}>
          取消活动
        </Button>
      )}
      {cancelling && <CancelSheet activityId={activityId} onClose={() => setCancelling(false)} />}
    </View>
  );
}
