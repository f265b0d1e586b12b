import { useState } from 'react';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { ActivityRow } from '../../activity-row';

const times = [
  { value: 'coming', words: '要办的' },
  { value: 'past', words: '办过的' },
] as const;

/** 活动 where one lives and serves. Who comes, comes because he wants to. */
export default function ActivitiesPage() {
  const [when, setWhen] = useState<'coming' | 'past'>('coming');
  const list = useList('activities.list', { when });
  useFreshOnShow(list.query);
  const maySave = useMe()?.can.includes('activity.save') ?? false;
  const publish = maySave ? (
    <Button look="main" icon="plus" onPress={() => void go('setActivity', {})}>
      发布活动
    </Button>
  ) : undefined;
  return (
    <Page title="活动" wide bottom={publish}>
      <Segments label="看哪些活动" segments={times} value={when} onChange={setWhen} />
      <ListView
        list={list}
        label="活动"
        keyOf={({ activityId }) => activityId}
        row={(activity) => (
          <Card bare>
            <ActivityRow activity={activity} onPress={() => void go('activity', { activityId: activity.activityId })} />
          </Card>
        )}
        empty={{
          icon: 'calendar-days',
          title: when === 'coming' ? '现在没有活动' : '还没办过活动',
          words: '村里、支部办活动时会写在这里，想去就报名。',
        }}
        tiles
      />
    </Page>
  );
}
