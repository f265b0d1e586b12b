import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { dayWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { PhotoRow } from '../../ui/photos';
import { householdTitle, type Visit } from './household-words';
import './visit-card.scss';

interface VisitCardProps {
  readonly visit: Visit;
  /** Among those of one household its name is known. */
  readonly atHome?: boolean;
}

/** One visit as its author wrote it, and what may be made of it. */
export function VisitCard({ visit, atHome = false }: VisitCardProps) {
  const now = useNow();
  const { id, householdId, at, byName, resultName, met, words, needs, photos, orderIds, changes, allows } = visit;
  const who = atHome ? byName : `${householdTitle(visit)}，${visit.grid}`;
  return (
    <Card>
      <View className="visit-card__head">{`${dayWords(at, now)}，${resultName}`}</View>
      <View className="visit-card__who">{met === null ? who : `${who}，见到${met}`}</View>
      {words !== null && <View className="visit-card__words">{words}</View>}
      {needs.length > 0 && <View>{`需要：${needs.map(({ name }) => name).join('、')}`}</View>}
      <PhotoRow photos={photos} />
      {changes > 0 && <View className="visit-card__who">{`更正过 ${changes} 次，原来的都留着`}</View>}
      {(allows.length > 0 || orderIds.length > 0) && (
        <View className="visit-card__act">
          {orderIds.map((orderId, index) => (
            <Button key={orderId} short look="text" onPress={() => void go('order', { orderId })}>
              {orderIds.length === 1 ? '看点的单' : `看点的单 ${index + 1}`}
            </Button>
          ))}
          {allows.includes('change') && (
            <Button short look="text" icon="pencil" onPress={() => void go('visit', { householdId, visitId: id })}>
              更正
            </Button>
          )}
          {allows.includes('order') && (
            <Button short look="text" icon="plus" onPress={() => void go('place', placeFor(visit))}>
              替他家点单
            </Button>
          )}
        </View>
      )}
    </Card>
  );
}

const placeFor = ({ id, metPersonId }: Visit) => ({
  ...{ way: 'visit' as const, visitId: id },
  ...(metPersonId === null ? {} : { personId: metPersonId }),
});
