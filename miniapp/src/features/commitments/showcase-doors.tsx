import { go } from '../../lib/navigation';
import { useCall } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { useNow } from '../../lib/use-now';
import { dateWords } from '../../lib/time-words';

/** The newest 打擂比武 that was not called off. */
export const useLatestShowcase = () =>
  useCall('showcases.list').data?.items.find(({ stage }) => stage !== 'stopped') ?? null;

/** 打擂比武, where there is one; nothing else. A line of a bare card. */
export function ShowcasesRow() {
  const now = useNow();
  const latest = useLatestShowcase();
  if (!latest) return null;
  const { title, stateName, heldOn } = latest;
  return (
    <Row
      icon="trophy"
      title="打擂比武"
      words={`${title}，${dateWords(heldOn, now)}，${stateName}`}
      onPress={() => void go('showcases')}
    />
  );
}

/** 请您评分: for a judge, from the start of the scoring until he has scored all. */
export function ScoringCard() {
  const { data } = useCall('showcases.list');
  const waiting = data?.items.filter(({ toScore }) => toScore > 0) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Card bare>
      {waiting.map(({ id, title, toScore }) => (
        <Row
          key={id}
          icon="trophy"
          title="请您评分"
          words={`${title}，还有 ${toScore} 个党组织没评`}
          onPress={() => void go('showcase', { showcaseId: id })}
        />
      ))}
    </Card>
  );
}
