import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ShareBar } from '../../../../features/links/share-bar';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { ComplainRow } from '../../../../features/reviews/complain-row';
import { HeldNote } from '../../../../features/reviews/held-note';
import { go } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { clockWords, dateWords, spanWords, whenWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { ActivityTags, roomWords, type Activity } from '../../activity-row';
import { partsOf } from '../../day-and-time';
import { CancelSheet } from './cancel-sheet';
import { PeopleCard } from './people-card';
import './index.scss';

/** One activity: what, when, where; signing up; for the organiser its code and who came. */
export default function ActivityPage() {
  const { activityId, k } = useRouter().params as unknown as PageParams['activity'];
  const query = useCall('activities.read', { params: { activityId }, query: { k } });
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  const { data } = query;
  return (
    <Page title="活动" bottom={data && maySign(data) ? <Signing activity={data} invitation={k} /> : undefined}>
      <Await query={query} rows={3}>
        {(activity) => (
          <>
            <About activity={activity} />
            <SendOn activity={activity} />
            {activity.allows.includes('people') && <Holding activity={activity} />}
            {activity.allows.includes('people') && <PeopleCard activity={activity} />}
            {!activity.held && !activity.allows.includes('people') && (
              <ComplainRow things={[{ field: 'activity.notice', thingId: activityId, words: activity.title }]} />
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function About({ activity }: { activity: Activity }) {
  const now = useNow();
  const { title, kindName, place, gridName, words, audienceName, cancelWords, held, allows } = activity;
  const { startsAt, endsAt } = activity;
  return (
    <>
      <Card bare>
        <Row icon="calendar-days" title={title} words={kindName}>
          <ActivityTags activity={activity} />
        </Row>
        {cancelWords !== null && <Row icon="circle-alert" title="取消了" words={cancelWords} />}
        <Row icon="clock" title={spanWords(startsAt, endsAt, now)} words={daysOf(activity, now)} />
        <Row icon="map-pin" title={place} words={gridName} />
        <Row icon="users-round" title={roomWords(activity)} words={audienceName} />
      </Card>
      <Card title="做什么">
        <View className="activity__words">{words}</View>
        <HeldNote held={held && allows.includes('people')} />
      </Card>
    </>
  );
}

/** The days of the month, where 周四 alone stands above; far ahead it is called by its date anyway. */
function daysOf({ startsAt, endsAt }: Activity, now: number): string | null {
  const [from, to] = [partsOf(startsAt).date, partsOf(endsAt).date];
  const day = dateWords(from, now);
  if (from !== to) return `${day} 到 ${dateWords(to, now)}`;
  return whenWords(startsAt, now).startsWith(day) ? null : day;
}

/** 转发 into the village's chat: how most people hear of it. Day and hour, not 明天: a card is read later. */
function SendOn({ activity: { activityId, title, place, startsAt, standing, held } }: { activity: Activity }) {
  const now = useNow();
  const { date } = partsOf(startsAt);
  return (
    <ShareBar
      linked={{ what: 'activity', thingId: activityId }}
      title={`${title}，${dateWords(date, now)} ${clockWords(startsAt)}，${place}`}
      leadsTo="扫一扫，看看做什么，想去就报名"
      shareable={!held && (standing === 'coming' || standing === 'running')}
    />
  );
}

interface SigningProps {
  readonly activity: Activity;
  readonly invitation: string | undefined;
}

const maySign = ({ allows }: Activity): boolean => allows.includes('join') || allows.includes('leave');

/** 报名, 不去了: one press each, and nothing is held against anybody. */
function Signing({ activity: { activityId, allows }, invitation }: SigningProps) {
  const join = useAct('activities.join', { activityId }, { k: invitation });
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
          报了名，又不去了
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
      {allows.includes('save') && <Button onPress={() => void go('setActivity', { activityId })}>改时间、地点</Button>}
      {allows.includes('cancel') && (
        <Button look="text" onPress={() => setCancelling(true)}>
          取消活动
        </Button>
      )}
      {cancelling && <CancelSheet activityId={activityId} onClose={() => setCancelling(false)} />}
    </View>
  );
}
