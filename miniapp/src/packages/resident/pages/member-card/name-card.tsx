import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { Icon } from '../../../../ui/icon';
import { recordWords } from './record-words';

/** 亮身份: the red card that a member wears, with what he has promised and kept. */
export function NameCard({ card }: { card: ReplyFrom<'cards.member'> }) {
  const { name, organization, years, rating } = card;
  return (
    <View className="name-card">
      <View className="name-card__head">
        <Icon name="star-filled" />
        <View>共产党员</View>
      </View>
      <View className="name-card__body">
        <View className="name-card__name">{name}</View>
        <View className="name-card__organization">{organization.name}</View>
      </View>
      {years.length > 0 && (
        <View className="name-card__record">
          {years.map((year) => (
            <View key={year.roundId}>{recordWords(year)}</View>
          ))}
          {rating.stars !== null && <View>{`群众评 ${rating.stars.toFixed(1)} 分（${rating.raters} 人）`}</View>}
        </View>
      )}
    </View>
  );
}
