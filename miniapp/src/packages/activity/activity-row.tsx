import type { ReplyFrom } from '../../lib/endpoints';
import { whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Row } from '../../ui/row';
import { StageTag, type Stage } from '../../ui/tags';

export type ActivityCard = ReplyFrom<'activities.checkIn'>;
export type Activity = ReplyFrom<'activities.read'>;

const stages: Record<Exclude<ActivityCard['standing'], 'coming'>, Stage> = {
  ...{ running: 'working', over: 'done', cancelled: 'stopped' },
};
const mineWords: Record<ActivityCard['mine'], string | null> = { none: null, joined: '您报了名', came: '您签到了' };

/** What is still to come says so by its day: there it counts whether one goes. */
function tagOf({ standing, standingName, mine }: ActivityCard) {
  if (standing !== 'coming') return <StageTag stage={stages[standing]} words={standingName} />;
  return mine === 'joined' ? <StageTag stage="working" words="您报了名" /> : undefined;
}

interface ActivityRowProps {
  readonly activity: ActivityCard;
  readonly onPress?: () => void;
}

/** What it is, when and where, and how the reader stands to it. */
export function ActivityRow({ activity, onPress }: ActivityRowProps) {
  const now = useNow();
  const { title, kindName, startsAt, place, gridName, standing, mine } = activity;
  const mineSaid = standing === 'coming' ? null : mineWords[mine];
  const words = [whenWords(startsAt, now), `${gridName} ${place}`, kindName, mineSaid];
  return (
    <Row
      icon="calendar-days"
      title={title}
      words={words.filter((each) => each !== null).join(' · ')}
      end={tagOf(activity)}
      {...(onPress ? { onPress } : {})}
    />
  );
}

/** 9 人报名，还有 21 个名额 */
export function roomWords({ joined, places }: Pick<ActivityCard, 'joined' | 'places'>): string {
  if (places === null) return `${joined} 人报名，名额不限`;
  return joined < places ? `${joined} 人报名，一共 ${places} 个名额` : `${places} 个名额，已经满了`;
}
