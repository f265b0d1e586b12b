import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../lib/endpoints';
import { whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Row } from '../../ui/row';
import { StageTag, Tag, type Stage } from '../../ui/tags';
import './activity-row.scss';

export type ActivityCard = ReplyFrom<'activities.checkIn'>;
export type Activity = ReplyFrom<'activities.read'>;

const stages: Record<ActivityCard['standing'], Stage> = {
  ...{ coming: 'open', running: 'working', over: 'done', cancelled: 'stopped' },
};
const mineWords = { none: null, joined: '您报了名', came: '您签到了' } as const;

interface ActivityRowProps {
  readonly activity: ActivityCard;
  readonly onPress?: () => void;
}

/** What it is, when and where, and how the reader stands to it. */
export function ActivityRow({ activity, onPress }: ActivityRowProps) {
  const now = useNow();
  const { title, startsAt, place, gridName } = activity;
  return (
    <Row
      icon="calendar-days"
      title={title}
      words={`${whenWords(startsAt, now)}，${gridName} ${place}`}
      {...(onPress ? { onPress } : {})}
    >
      <ActivityTags activity={activity} />
    </Row>
  );
}

/** That it is still to be, or is over, the list says already; what is running, was cancelled, and what is one's own is said. */
export function ActivityTags({ activity: { standing, standingName, mine } }: { activity: ActivityCard }) {
  const own = mineWords[mine];
  const isPlain = standing === 'coming' || standing === 'over';
  if (isPlain && own === null) return null;
  return (
    <View className="activity-row__tags">
      {!isPlain && <StageTag stage={stages[standing]} words={standingName} />}
      {own !== null && <Tag colour="done" words={own} />}
    </View>
  );
}

/** 9 人报名，一共 30 个名额 */
export function roomWords({ joined, places }: Pick<ActivityCard, 'joined' | 'places'>): string {
  if (places !== null && joined >= places) return `${places} 个名额，已经满了`;
  const room = places === null ? '名额不限' : `一共 ${places} 个名额`;
  return joined === 0 ? room : `${joined} 人报名，${room}`;
}
