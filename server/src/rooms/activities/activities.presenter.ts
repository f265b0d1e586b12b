import { activityAudiences, activityKinds, checkInBeforeMinutes } from '@sandan/shared/activities/activity.words';
import type { activitiesApi } from '@sandan/shared/activities/activities.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import { fullName, type Tree } from '../../foundation/reference/tree';
import type { Activity } from './activity.entity';
import { holdsActivity, isInvited } from './activities.policy';
import type { ActivityRecord, AttendeeRow } from './activities.queries';

type Api = typeof activitiesApi;
type Detail = ReplyOf<Api['read']>;
type Card = ReplyOf<Api['checkIn']>;

const standings = { coming: '还没开始', running: '正在进行', over: '结束了', cancelled: '取消了' } as const;

export function standingOf(
  { cancelledAt, startsAt, endsAt }: Pick<Activity, 'cancelledAt' | 'startsAt' | 'endsAt'>,
  now: Date,
): keyof typeof standings {
  if (cancelledAt !== null) return 'cancelled';
  if (now >= endsAt) return 'over';
  return now < startsAt ? 'coming' : 'running';
}

/** 正在审核、屏蔽: who meant to come sees that it is there and when; its words are read by those alone who hold it. */
const shownOf = (
  activity: ActivityRecord,
  caller: Caller,
): Pick<Activity, 'title' | 'words' | 'place' | 'cancelWords'> =>
  activity.held === 0 || holdsActivity(caller, activity)
    ? activity
    : { title: activityKinds[activity.kind], words: '正在审核，先不显示。', place: '正在审核', cancelWords: null };

export function presentCard(activity: ActivityRecord, caller: Caller): Card {
  const { now, reference } = caller;
  const { tree } = reference;
  const { title, place } = shownOf(activity, caller);
  const standing = standingOf(activity, now);
  const grid = tree.grid(activity.gridId);
  return {
    ...{ activityId: activity.id, kindName: activityKinds[activity.kind], title },
    ...{ place, held: activity.held !== 0, gridName: grid ? fullName(grid, tree) : '' },
    ...{ startsAt: activity.startsAt.toISOString(), endsAt: activity.endsAt.toISOString() },
    ...{ standing, standingName: standings[standing] },
    ...{ joined: activity.joined, places: activity.places, mine: activity.mine },
  };
}

export function presentActivity(activity: ActivityRecord, caller: Caller): Detail {
  const { words, cancelWords } = shownOf(activity, caller);
  return {
    ...presentCard(activity, caller),
    ...{ gridId: activity.gridId, kind: activity.kind, words, cancelWords },
    ...{ audience: activity.audience, audienceName: activityAudiences[activity.audience] },
    ...{ came: activity.came, version: activity.version, allows: allowsOf(activity, caller) },
  };
}

const minute = 60_000;

/** 签到 and 补记 begin half an hour before the activity does. */
export const checkInFrom = ({ startsAt }: Pick<Activity, 'startsAt'>): Date =>
  new Date(startsAt.getTime() - checkInBeforeMinutes * minute);

function allowsOf(activity: ActivityRecord, caller: Caller): Detail['allows'] {
  const standing = standingOf(activity, caller.now);
  const isOpen = standing === 'coming' || standing === 'running';
  const hasRoom = activity.places === null || activity.taken < activity.places;
  const mayJoin = isOpen && activity.mine === 'none' && hasRoom && isInvited(caller, activity);
  const own: Detail['allows'] = [
    ...(mayJoin ? (['join'] as const) : []),
    ...(isOpen && activity.mine === 'joined' ? (['leave'] as const) : []),
  ];
  if (!holdsActivity(caller, activity)) return own;
  const changing: Detail['allows'] = standing === 'coming' ? ['save', 'cancel'] : [];
  const showing: Detail['allows'] = isOpen ? ['showCode'] : [];
  const marking: Detail['allows'] = standing !== 'cancelled' && caller.now >= checkInFrom(activity) ? ['mark'] : [];
  return [...own, ...changing, ...showing, ...marking, 'people', 'export'];
}

/** How long somebody was there, as a record and nothing else: from when he came, or from its beginning, to its end. */
export function minutesOf({ startsAt, endsAt }: Activity, cameAt: Date | null, now: Date): number | null {
  if (cameAt === null || now < endsAt) return null;
  return Math.max(0, Math.round((endsAt.getTime() - Math.max(cameAt.getTime(), startsAt.getTime())) / minute));
}

export const presentAttendee = (
  activity: Activity,
  { personId, name, homeGridId, joinedAt, walkedIn, cameAt, markedById }: AttendeeRow,
  { now, reference: { tree } }: Caller,
): ReplyOf<Api['people']>['items'][number] => ({
  ...{ personId, name, joinedAt: joinedAt.toISOString(), cameAt: cameAt?.toISOString() ?? null },
  ...{ home: homeWords(activity, homeGridId, tree), walkedIn: walkedIn === 1 },
  ...{ byHand: markedById !== null, minutes: minutesOf(activity, cameAt, now) },
});

/** 一组; 石岭村二组 of who comes from another village. */
export function homeWords({ gridId }: Activity, homeGridId: string | null, tree: Tree): string | null {
  const home = homeGridId === null ? undefined : tree.grid(homeGridId);
  if (!home) return null;
  return home.village === tree.grid(gridId)?.village ? home.name : fullName(home, tree);
}
