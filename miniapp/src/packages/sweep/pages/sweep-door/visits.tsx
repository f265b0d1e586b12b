import { View } from '@tarojs/components';
import type { Target } from '../../../../features/sweeps/sweep';
import { whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { classNames } from '../../../../ui/class-names';
import { PhotoRow } from '../../../../ui/photos';
import { Tag } from '../../../../ui/tags';

/** Every visit there was, the last first; those that came to nothing stay. */
export function Visits({ visits }: { visits: Target['visits'] }) {
  const now = useNow();
  if (visits.length === 0) return null;
  return (
    <Card title="去过几次">
      {visits.map((visit) => (
        <View key={visit.id} className="door-visit">
          <View className="sweep-progress__head">
            <View className="sweep-progress__name">{`${visit.resultName}　${visit.by}`}</View>
            {visit.late && <Tag colour="overdue" words="过期才报" />}
          </View>
          <View className="sweep-progress__words">
            {whenWords(visit.visitedAt, now)}
            {visit.peopleMet !== null && `，见到 ${visit.peopleMet} 人`}
          </View>
          {visit.answers.map(({ id, ask, words, finding }) => (
            <View key={id} className={classNames(finding && 'door-visit__answer--finding')}>{`${ask}　${words}`}</View>
          ))}
          {visit.persons.map(({ name, words }) => (
            <View key={name}>{`${name}　${words}`}</View>
          ))}
          {visit.additions !== null && <View>{`名册外的人：${visit.additions}`}</View>}
          {visit.words !== null && <View>{visit.words}</View>}
          {visit.photos.length > 0 && <PhotoRow photos={visit.photos} />}
        </View>
      ))}
    </Card>
  );
}
