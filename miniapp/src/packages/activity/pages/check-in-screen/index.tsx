import { Image, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isPassing } from '../../../../lib/answer';
import { call } from '../../../../lib/client';
import type { PageParams } from '../../../../lib/page-table';
import { platform } from '../../../../lib/platform/platform';
import { useCall } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Trouble } from '../../../../ui/trouble';
import './index.scss';

const second = 1_000;
const againAfter = 5 * second;

/**
 * 签到码 as it is now. When the next one is due the server says: the clock of an old computer in a village hall may be
 * hours off. Where the network has gone it is asked for again and again, and the screen says that it is not the newest.
 */
const useCheckInCode = (activityId: string) =>
  useQuery({
    queryKey: ['activities.code', activityId],
    queryFn: () => call('activities.code', { params: { activityId } }),
    gcTime: 0,
    refetchOnWindowFocus: 'always',
    refetchIntervalInBackground: true,
    refetchInterval: ({ state: { error, data } }) => {
      if (error && !isPassing(error)) return false; // it is over, or was cancelled
      return error || !data ? againAfter : (data.seconds + 1) * second;
    },
  });

/** 签到码 for the screen at the place: a new one every few minutes, drawn by itself. */
export default function CheckInScreenPage() {
  const { activityId } = useRouter().params as unknown as PageParams['checkInScreen'];
  const code = useCheckInCode(activityId);
  const activity = useCall('activities.read', { params: { activityId } });
  useEffect(() => platform.keepAwake(), []);
  return (
    <Page title="签到码" wide>
      <View className="check-in-screen">
        <View className="check-in-screen__title">{activity.data?.title ?? ''}</View>
        {code.error && !isPassing(code.error) ? (
          <Trouble error={code.error} onRetry={() => void code.refetch()} />
        ) : (
          <Await query={code} rows={1}>
            {({ image }) => <Shown image={image} isOld={code.isError} />}
          </Await>
        )}
      </View>
    </Page>
  );
}

const Shown = ({ image, isOld }: { image: string; isOld: boolean }) => (
  <>
    <Image
      className="check-in-screen__code"
      src={image}
      mode="scaleToFill"
      {...aria({ role: 'img', label: '签到码' })}
    />
    {isOld && (
      <View className="check-in-screen__old" {...aria({ role: 'alert', live: 'assertive' })}>
        网络断了，这张码再过几分钟就不能用了。连上网会自己换新的。
      </View>
    )}
    <View className="check-in-screen__words">用微信扫一扫，签个到</View>
    {['不签也可以参加', '没带手机的，请组织的人补记', '开始前半小时到结束都能扫'].map((words) => (
      <View key={words} className="check-in-screen__small">
        {words}
      </View>
    ))}
  </>
);
