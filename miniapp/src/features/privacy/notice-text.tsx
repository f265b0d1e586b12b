import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../lib/endpoints';
import { dayWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import './notice-text.scss';

export type Notice = NonNullable<ReplyFrom<'privacy.notice'>['notice']>;

/** 隐私告知, as the county has published it. */
export function NoticeText({ notice }: { notice: Notice }) {
  const now = useNow();
  return (
    <Card>
      {notice.sections.map(({ title, words }) => (
        <View key={title} className="notice-text__item">
          <View className="notice-text__title">{title}</View>
          <View className="notice-text__words">{words}</View>
        </View>
      ))}
      <View className="notice-text__version">{`第 ${notice.version} 版，${dayWords(notice.effectiveAt, now)}起生效`}</View>
    </Card>
  );
}
