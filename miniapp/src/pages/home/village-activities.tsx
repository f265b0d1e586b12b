import { go } from '../../lib/navigation';
import { whenWords } from '../../lib/time-words';
import { useCall } from '../../lib/use-call';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';

const shown = 2;

/** 活动 that one may go to next: who does not see them here never hears of them. Nothing is drawn where there are none. */
export function VillageActivities() {
  const now = useNow();
  const { data } = useCall('activities.list', { query: { limit: shown } });
  const coming = data?.items.filter(({ standing }) => standing !== 'cancelled') ?? [];
  if (coming.length === 0) return null;
  return (
    <Card bare title="村里的活动" aside={<All />}>
      {coming.map(({ activityId, title, startsAt, place, mine }) => (
        <Row
          key={activityId}
          icon="calendar-days"
          title={title}
          words={[whenWords(startsAt, now), place, ...(mine === 'none' ? [] : ['您报了名'])].join(' · ')}
          onPress={() => void go('activity', { activityId })}
        />
      ))}
    </Card>
  );
}

const All = () => (
  <Button short look="text" label="看全部的活动" onPress={() => void go('activities')}>
    全部
  </Button>
);
