import { useRouter } from '@tarojs/taro';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { goInstead } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { ActivityRow, type ActivityCard } from '../../activity-row';

/** 签到码 was scanned: one press, of one's own will. */
export default function CheckInPage() {
  const { code } = useRouter().params as unknown as PageParams['checkIn'];
  const activity = useCall('activities.atCode', { params: { code } });
  return (
    <Page title="签到">
      <Await query={activity} rows={1}>
        {(data) => <CheckIn code={code} activity={data} />}
      </Await>
    </Page>
  );
}

function CheckIn({ code, activity }: { code: string; activity: ActivityCard }) {
  const checkIn = useAct('activities.checkIn', { code });
  const { mine } = checkIn.data ?? activity;
  if (mine === 'came') {
    const home = { words: '回首页', onPress: () => void goInstead('home') };
    return <Placard icon="circle-check-big" title="签到好了" words={activity.title} action={home} />;
  }
  return (
    <>
      <Card bare>
        <ActivityRow activity={activity} />
      </Card>
      <ActTrouble error={checkIn.error} />
      <Button look="main" busy={checkIn.isPending} onPress={() => checkIn.mutate({})}>
        我来了，签到
      </Button>
    </>
  );
}
