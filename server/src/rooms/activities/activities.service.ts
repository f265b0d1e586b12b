import { activityLimits } from '@sandan/shared/activities/activity.words';
import type { activitiesApi } from '@sandan/shared/activities/activities.contract';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { actorOf, type Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { thingOf } from '../../foundation/links/links';
import { History } from '../../foundation/outbox/history.entity';
import { Activity } from './activity.entity';
import { holdsActivity, seesActivity } from './activities.policy';
import { presentActivity, standingOf } from './activities.presenter';
import { activityById, type ActivityRecord } from './activities.queries';
import { askAboutActivity } from './activity-checks';

type Api = typeof activitiesApi;
type Saved = BodyOf<Api['save']>;

/**
 * Seen by who lives or serves there, by who has signed up, and by whom somebody sent its link where it says 谁都可以来: most
 * people are bound to no home yet. @throws Problem activity.not-found for one that is not there, or of another place
 */
export async function visibleActivity(
  db: Reading,
  caller: Caller,
  id: string,
  invitation?: string,
): Promise<ActivityRecord> {
  const activity = await activityById(db, id, caller.personId);
  const sees =
    activity && (activity.mine !== 'none' || seesActivity(caller, activity) || holdsActivity(caller, activity));
  if (!activity || !(sees || (await isSentHere(db, activity, invitation)))) throw new Problem('activity.not-found');
  return activity;
}

async function isSentHere(db: Reading, { id, audience }: Activity, key: string | undefined): Promise<boolean> {
  if (key === undefined || audience !== 'everyone') return false;
  const thing = await thingOf(db, key);
  return thing?.what === 'activity' && thing.thingId === id;
}

/** The same for who holds it. @throws Problem activity.not-found, access.forbidden */
export async function heldActivity(db: Reading, caller: Caller, id: string): Promise<ActivityRecord> {
  const activity = await visibleActivity(db, caller, id);
  if (!holdsActivity(caller, activity)) throw new Problem('access.forbidden');
  return activity;
}

/** @throws Problem activity.cancelled, activity.over */
export function mustBeOpen(activity: Activity, now: Date): void {
  const standing = standingOf(activity, now);
  if (standing === 'cancelled') throw new Problem('activity.cancelled');
  if (standing === 'over') throw new Problem('activity.over');
}

/** 发布, or changed before it begins. What was saved already changes nothing. */
export async function saveActivity(
  db: Db,
  caller: Caller,
  id: string,
  judge: () => Saved,
): Promise<ReplyOf<Api['save']>> {
  const known = await activityById(db, id, caller.personId);
  if (known && !holdsActivity(caller, known)) throw new Problem('activity.not-found');
  const { version, ...content } = judge();
  const wanted = { ...content, startsAt: new Date(content.startsAt), endsAt: new Date(content.endsAt) };
  const grid = gridWithin(caller, 'activity.save', content.gridId);
  if (known && isSame(known, wanted)) return presentActivity(known, caller);
  if (!known && version !== 0) throw new Problem('activity.not-found');
  if (known && known.version !== version) throw new Problem('activity.changed-meanwhile');
  if (known) mustBeOpen(known, caller.now);
  checkPlan(wanted, known, caller.now);
  await (known ? change(db, caller, known, wanted) : publish(db, caller, id, { ...wanted, gridId: grid.id }));
  return presentActivity(await visibleActivity(db, caller, id), caller);
}

type Plan = Pick<
  Activity,
  'gridId' | 'kind' | 'audience' | 'title' | 'words' | 'place' | 'startsAt' | 'endsAt' | 'places'
>;

const isSame = (known: Activity, wanted: Plan): boolean =>
  (Object.keys(wanted) as (keyof Plan)[]).every((name) => {
    const [is, shall] = [known[name], wanted[name]];
    return is instanceof Date && shall instanceof Date ? is.getTime() === shall.getTime() : is === shall;
  });

function checkPlan({ startsAt, endsAt, places }: Plan, known: ActivityRecord | null, now: Date): void {
  const hours = (endsAt.getTime() - startsAt.getTime()) / 3_600_000;
  if (hours <= 0 || hours > activityLimits.hours) throw new Problem('activity.bad-times');
  if (startsAt <= now) throw new Problem('activity.past');
  if (known && places !== null && places < known.taken) throw new Problem('activity.fewer-places');
}

async function publish(db: Db, caller: Caller, id: string, plan: Plan): Promise<void> {
  const set = { version: 1, setById: caller.personId, setAt: caller.now, held: 0 };
  await db.insert(Activity, [{ ...plan, id, ...set, cancelledAt: null, cancelWords: null }]);
  await askAboutActivity(db, caller, { ...plan, id, ...set });
}

async function change(db: Db, caller: Caller, known: ActivityRecord, plan: Plan): Promise<void> {
  const { gridId, kind, audience, title, words, place, startsAt, endsAt, places } = plan;
  const changed = await db.write(
    `UPDATE activity SET grid_id = ?, kind = ?, audience = ?, title = ?, words = ?, place = ?, starts_at = ?, ends_at = ?,
       places = ?, version = version + 1 WHERE id = ? AND version = ?`,
    [gridId, kind, audience, title, words, place, startsAt, endsAt, places, known.id, known.version],
  );
  if (changed === 0) throw new SomebodyWasQuicker();
  const reworded = known.title !== title || known.words !== words || known.place !== place;
  if (reworded) await askAboutActivity(db, caller, { ...known, gridId });
  const moved = known.place !== place || known.startsAt.getTime() !== startsAt.getTime();
  if (moved) await tell(db, caller, known, { id: newId(caller.now), action: 'change', words: null });
}

/** 取消, with words that everybody who meant to come reads. */
export async function cancelActivity(
  db: Db,
  caller: Caller,
  id: string,
  actionId: string | null,
  judge: () => BodyOf<Api['cancel']>,
): Promise<ReplyOf<Api['cancel']>> {
  const activity = await heldActivity(db, caller, id);
  const repeat = await repeatOf(db, actionId);
  if (repeat?.thingId === id && repeat.actorId === caller.personId) return presentActivity(activity, caller);
  mustBeOpen(activity, caller.now);
  const body = judge();
  const cancelled = await db.write(
    `UPDATE activity SET cancelled_at = ?, cancel_words = ?, version = version + 1 WHERE id = ? AND version = ?`,
    [caller.now, body.words, id, activity.version],
  );
  if (cancelled === 0) throw new SomebodyWasQuicker();
  await askAboutActivity(db, caller, activity);
  await tell(db, caller, activity, { id: body.actionId, action: 'cancel', words: body.words });
  return presentActivity(await visibleActivity(db, caller, id), caller);
}

interface Event {
  readonly id: string;
  readonly action: 'change' | 'cancel';
  readonly words: string | null;
}

const tell = (db: Db, caller: Caller, { id: thingId, gridId, version }: Activity, event: Event): Promise<void> =>
  db.insert(History, [
    {
      ...{ ...event, thing: 'activity', thingId, aggregateId: thingId, seq: version },
      ...{ townId: caller.reference.tree.grid(gridId)?.town ?? null, ...actorOf(caller, 'activity.save', gridId) },
      ...{ at: caller.now, fromState: null, toState: null, facts: null, fannedOutAt: null },
    },
  ]);
