import { Image, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import type { PageParams } from '../../../../lib/page-table';
import { useCall } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import './index.scss';

/** 签到码 for the screen at the place: a new one every few minutes, drawn by itself. */
export default function CheckInScreenPage() {
  const { activityId } = useRouter().params as unknown as PageParams['checkInScreen'];
  const params = { params: { activityId } };
  const code = useCall('activities.code', params);
  const activity = useCall('activities.read', params);
  const { refetch } = code;
  const until = code.data?.until;
  useEffect(() => {
    if (until === undefined) return;
    // A moment later, so that the next one has begun; after a long sleep at once.
    const timer = setTimeout(() => void refetch(), Math.max(1_000, Date.parse(until) - Date.now() + 500));
    return () => clearTimeout(timer);
  }, [until, refetch]);
  return (
    <Page title="签到码" wide>
      <View className="check-in-screen">
        <View className="check-in-screen__title">{activity.data?.title ?? ''}</View>
        <Await query={code} rows={1}>
          {({ image }) => (
            <Image
              className="check-in-screen__code"
              src={image}
              mode="scaleToFill"
              {...aria({ role: 'img', label: '签到码' })}
            />
          )}
        </Await>
        <View className="check-in-screen__words">用微信扫一扫，签个到。不签也可以参加。</View>
        <View className="check-in-screen__small">
          码几分钟换一次，开始前半小时到结束都能扫。没带手机的，请组织的人补记。
        </View>
      </View>
    </Page>
  );
}
