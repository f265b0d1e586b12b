import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords, whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';

type Account = ReplyFrom<'grantReviews.accounts'>['items'][number];

/** Who holds which posts until when, and when he was last seen. */
export function AccountCard({ account: { name, phone, lastSeenAt, posts } }: { account: Account }) {
  const now = useNow();
  return (
    <Card>
      <View className="review__head">
        <View className="review__name">{name}</View>
        <View className="review__phone">{phone ?? '没有电话'}</View>
      </View>
      <View className="review__seen">
        {lastSeenAt === null ? '没有登录过' : `最近登录 ${whenWords(lastSeenAt, now)}`}
      </View>
      {posts.map(({ roleName, kindName, nodeName, endsAt }, at) => (
        <View key={at} className="review__post">
          <View className="review__role">{`${nodeName} ${kindName ?? roleName}`}</View>
          <View className="review__until">{endsAt === null ? '没有期限' : `到 ${dayWords(endsAt, now)}`}</View>
        </View>
      ))}
    </Card>
  );
}
