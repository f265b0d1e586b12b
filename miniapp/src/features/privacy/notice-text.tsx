import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../lib/endpoints';
import { Card } from '../../ui/card';
import './notice-text.scss';

export type Notice = NonNullable<ReplyFrom<'privacy.notice'>['notice']>;

/** 隐私告知, as the county has published it. */
export const NoticeText = ({ notice }: { notice: Notice }) => (
  <Card>
    {notice.sections.map(({ title, words }) => (
      <View key={title} className="notice-text__item">
        <View className="notice-text__title">{title}</View>
        <View className="notice-text__words">{words}</View>
      </View>
    ))}
    <View className="notice-text__version">{`第 ${notice.version} 版，${notice.effectiveAt.slice(0, 10)} 起生效`}</View>
  </Card>
);
