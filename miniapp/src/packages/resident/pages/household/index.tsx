import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { HouseholdView } from '../../../../features/households/household-view';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';

/** 我家, 我照看的家, or a household that one serves: the same page, with what each may see and do. */
export default function HouseholdPage() {
  const { householdId = '' } = useRouter().params;
  const household = useCall('households.read', { params: { householdId } });
  const isMine = useMe()?.home?.householdId === householdId;
  usePullDownRefresh(() => void household.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title={isMine ? '我家' : '一户的情况'}>
      <Await query={household}>{(data) => <HouseholdView household={data} />}</Await>
    </Page>
  );
}
