import type { activitiesApi } from '@sandan/shared/activities/activities.contract';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { SigningKeys } from '../../foundation/access/signature';
import { isDuplicate, SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { thingOf } from '../../foundation/links/links';
import { ActivityPerson, type Activity } from './activity.entity';
import { heldActivity, mustBeOpen, visibleActivity } from './activities.service';
import { isInvited } from './activities.policy';
import { checkInFrom, presentActivity, presentAttendee, presentCard } from './activities.presenter';
import { activityById, attendeesOf, homeOfPerson, type ActivityRecord } from './activities.queries';
import { checkedCode } from './check-in-code';

type Api = typeof activitiesApi;

interface Row {
  id: string;
  joinedIn: string;
  leftAt: Date | null;
  cameAt: Date | null;
}

async function rowOf(db: Reading, activityId: string, personId: string): Promise<Row | null> {
  const [row] = await db.query<Row>(
    `SELECT id, joined_in AS joinedIn, left_at AS leftAt, came_at AS cameAt FROM activity_person
     WHERE activity_id = ? AND person_id = ?`,
    [activityId, personId],
  );
  return row ?? null;
}

interface Place {
  readonly personId: string;
  readonly actionId: string;
  readonly at: Date;
  /** He stands there without having signed up. */
  readonly walksIn?: boolean;
  /** Whoever is noted by hand stands there already, full or not. */
  readonly evenIfFull?: boolean;
}

/**
 * A place for one person. The activity is locked first, so that of two who want the last place one gets it; whoever has
 * one already keeps it. @throws Problem activity.full
 */
async function takePlace(db: Db, activity: ActivityRecord, { personId, actionId, at, ...place }: Place) {
  await db.query('SELECT id FROM activity WHERE id = ? FOR UPDATE', [activity.id]);
  const row = await rowOf(db, activity.id, personId);
  // The same act once more, after he has left: it was answered then.
  if (row && (row.leftAt === null || row.joinedIn === actionId)) return;
  const [taken] = await db.query<{ count: number }>(
    'SELECT COUNT(*) AS count FROM activity_person WHERE activity_id = ? AND left_at IS NULL',
    [activity.id],
  );
  if (activity.places !== null && !place.evenIfFull && Number(taken?.count) >= activity.places)
    throw new Problem('activity.full');
  const walkedIn = place.walksIn ? 1 : 0;
  if (row) {
    await db.write(
      'UPDATE activity_person SET left_at = NULL, joined_at = ?, joined_in = ?, walked_in = ? WHERE id = ?',
      [at, actionId, walkedIn, row.id],
    );
    return;
  }
  const person = { id: newId(at), activityId: activity.id, personId, joinedAt: at, joinedIn: actionId };
  await db
    .insert(ActivityPerson, [{ ...person, leftAt: null, cameAt: null, markedById: null, walkedIn }])
    .catch((error: unknown) => {
      throw isDuplicate(error) ? new SomebodyWasQuicker() : error;
    });
}

/** As it stands after the act, also for whom it is none of his any more. @throws Problem activity.not-found */
async function shown(db: Reading, caller: Caller, id: string): Promise<ReplyOf<Api['read']>> {
  const activity = await activityById(db, id, caller.personId);
  if (!activity) throw new Problem('activity.not-found');
  return presentActivity(activity, caller);
}

/** 报名 @throws Problem activity.members-only, activity.full, activity.cancelled, activity.over */
export async function joinActivity(
  db: Db,
  caller: Caller,
  { id, invitation }: { id: string; invitation: string | undefined },
  judge: () => BodyOf<Api['join']>,
) {
  const activity = await visibleActivity(db, caller, id, invitation);
  if (!isInvited(caller, activity)) throw new Problem('activity.members-only');
  mustBeOpen(activity, caller.now);
  await takePlace(db, activity, { personId: caller.personId, actionId: judge().actionId, at: caller.now });
  return shown(db, caller, id);
}

/** 不去了: costs nothing and is said to nobody. Whoever has come has come. */
export async function leaveActivity(db: Db, caller: Caller, id: string, judge: () => BodyOf<Api['leave']>) {
  const activity = await visibleActivity(db, caller, id);
  if (activity.mine === 'came') throw new Problem('activity.came-already');
  mustBeOpen(activity, caller.now);
  judge();
  await db.write(
    `UPDATE activity_person SET left_at = ? WHERE activity_id = ? AND person_id = ? AND left_at IS NULL
       AND came_at IS NULL`,
    [caller.now, id, caller.personId],
  );
  return shown(db, caller, id);
}

interface Scanned {
  readonly code: string;
  readonly keys: SigningKeys;
}

/**
 * Which activity a code on a screen is of. Whoever stands before it is where it is held: he need not live there.
 * @throws Problem link.not-found, activity.code-old
 */
async function scannedActivity(db: Reading, caller: Caller, { code, keys }: Scanned): Promise<ActivityRecord> {
  const checked = checkedCode(code, keys, caller.now);
  const thing = checked && (await thingOf(db, checked.linkKey));
  const activity = thing?.what === 'activity' ? await activityById(db, thing.thingId, caller.personId) : null;
  if (!checked || !activity) throw new Problem('link.not-found');
  if (!checked.isGood) throw new Problem('activity.code-old');
  return activity;
}

export const activityAtCode = async (db: Reading, caller: Caller, scanned: Scanned) =>
  presentCard(await scannedActivity(db, caller, scanned), caller);

function mustBeInWindow(activity: Activity, now: Date): void {
  if (activity.cancelledAt !== null) throw new Problem('activity.cancelled');
  if (now < checkInFrom(activity)) throw new Problem('activity.too-early');
  if (now >= activity.endsAt) throw new Problem('activity.too-late');
}

/**
 * 签到, of one's own will (domain.md §2.2): who signed up, or whoever comes while there is room.
 * @throws Problem activity.too-early, activity.too-late, activity.full, activity.members-only
 */
export async function checkIn(db: Db, caller: Caller, scanned: Scanned, judge: () => BodyOf<Api['checkIn']>) {
  const activity = await scannedActivity(db, caller, scanned);
  const { personId, now } = caller;
  if (activity.mine !== 'came') {
    mustBeInWindow(activity, now);
    if (!isInvited(caller, activity)) throw new Problem('activity.members-only');
    await takePlace(db, activity, { personId, actionId: judge().actionId, at: now, walksIn: true });
    await noteCame(db, activity.id, { personId, cameAt: now, markedById: null });
  }
  const after = await activityById(db, activity.id, personId);
  return presentCard(after ?? activity, caller);
}

interface Came {
  readonly personId: string;
  readonly cameAt: Date;
  readonly markedById: string | null;
}

const noteCame = (db: Db, activityId: string, { personId, cameAt, markedById }: Came) =>
  db.write(
    `UPDATE activity_person SET came_at = ?, marked_by_id = ?, left_at = NULL
     WHERE activity_id = ? AND person_id = ? AND came_at IS NULL`,
    [cameAt, markedById, activityId, personId],
  );

export async function peopleOf(db: Reading, caller: Caller, id: string): Promise<ReplyOf<Api['people']>> {
  const activity = await heldActivity(db, caller, id);
  const people = await attendeesOf(db, id);
  return { items: people.map((each) => presentAttendee(activity, each, caller)) };
}

/** 补记: the organiser notes who came without a phone, also afterwards; what was scanned nobody takes back. */
export async function mark(db: Db, caller: Caller, id: string, judge: () => BodyOf<Api['mark']>) {
  const activity = await heldActivity(db, caller, id);
  if (activity.cancelledAt !== null) throw new Problem('activity.cancelled');
  if (caller.now < checkInFrom(activity)) throw new Problem('activity.too-early');
  const { personId, came, actionId } = judge();
  if (came) {
    await mustBelong(db, caller, activity, personId);
    await takePlace(db, activity, { personId, actionId, at: caller.now, walksIn: true, evenIfFull: true });
    const cameAt = caller.now < activity.endsAt ? caller.now : activity.startsAt;
    await noteCame(db, id, { personId, cameAt, markedById: caller.personId });
  } else {
    // Whoever had not signed up was there by this note alone, and leaves the list with it.
    await db.write(
      `UPDATE activity_person SET came_at = NULL, marked_by_id = NULL, left_at = IF(walked_in = 1, ?, left_at)
       WHERE activity_id = ? AND person_id = ? AND marked_by_id IS NOT NULL`,
      [caller.now, id, personId],
    );
  }
  return peopleOf(db, caller, id);
}

/** Whoever signed up, or lives where it is held. @throws Problem person.not-found */
async function mustBelong(db: Reading, { reference }: Caller, { id, gridId }: Activity, personId: string) {
  if (await rowOf(db, id, personId)) return;
  const home = await homeOfPerson(db, personId);
  if (home === null || !reference.tree.isWithin(home, gridId)) throw new Problem('person.not-found');
}
