import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import { permissionsOf, roleNames, type Role } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import type { Db, Reading } from '../../foundation/database/connect';
import { likeOf } from '../../foundation/database/like';
import { historyRow } from '../../foundation/lifecycle/move-row';
import { History } from '../../foundation/outbox/history.entity';
import { isThere, recordingRoles, splitHouseholds, type ToSplit } from './split';
import { SweepReminder, type Sweep } from './sweep.entity';
import { hidesDoors, reachOver, targetsWithin, type Reach } from './sweeps.policy';
import { holdersOf, remindedBy } from './sweeps.queries';
import { admitted, type Asked, type Effect } from './sweeps.service';

type Api = typeof sweepsApi;
type ToAssign = ToSplit & { id: string; holderId: string | null };

const mostAtOnce = 20_000;
/** Facts of an event name so many; whoever is beyond that finds it in his list. */
const told = 400;

/** 分派: the chosen households, or all that have nobody who could go, to one person or by the rule of {@link splitHouseholds}. */
export const split: Effect<BodyOf<Api['split']>> = async ({ db, record, caller }, { targetIds, holderId }) => {
  const reach = reachOver(caller, 'sweep.split', record);
  const targets = targetIds
    ? await chosenTargets(db, record.id, reach, targetIds)
    : await orphans(db, record.id, reach, caller.now);
  if (holderId !== undefined) await checkHolder(db, caller, record, { holderId, targets });
  const holders = holderId
    ? new Map(targets.map(({ householdId }) => [householdId, holderId]))
    : await splitHouseholds(db, caller, targets);
  const moved = targets.filter((each) => (holders.get(each.householdId) ?? null) !== each.holderId);
  return {
    facts: {
      households: moved.length,
      holderIds: [...new Set(moved.flatMap(({ householdId }) => holders.get(householdId) ?? []))].slice(0, told),
    },
    beside: (inside) => giveTo(inside, moved, holders),
  };
};

/** By holder, so that a few statements move thousands. */
export async function giveTo(
  db: Db,
  targets: readonly ToAssign[],
  holders: ReadonlyMap<string, string | null>,
): Promise<void> {
  const byHolder = new Map<string | null, string[]>();
  for (const { id, householdId } of targets) {
    const holder = holders.get(householdId) ?? null;
    byHolder.set(holder, [...(byHolder.get(holder) ?? []), id]);
  }
  for (const [holder, ids] of byHolder) {
    await db.write(
      `UPDATE sweep_target SET former_holder_id = COALESCE(holder_id, former_holder_id), holder_id = ?,
              version = version + 1 WHERE id IN (?)`,
      [holder, ids],
    );
  }
}

const columns = 't.id, t.household_id AS householdId, t.grid_id AS gridId, t.holder_id AS holderId';

/** Throws `sweep.target-outside` where one is not within the reach. */
async function chosenTargets(db: Reading, sweepId: string, reach: Reach, ids: readonly string[]): Promise<ToAssign[]> {
  const within = targetsWithin(reach);
  const rows = await db.query<ToAssign>(
    `SELECT ${columns} FROM sweep_target t WHERE t.sweep_id = ? AND t.id IN (?) AND ${within.sql}`,
    [sweepId, ids, ...within.values],
  );
  if (rows.length < new Set(ids).size) throw new Problem('sweep.target-outside');
  return rows;
}

/** Nobody goes there, or somebody who is away or no longer with us. */
export function orphans(db: Reading, sweepId: string, reach: Reach, now: Date): Promise<ToAssign[]> {
  const within = targetsWithin(reach);
  return db.query<ToAssign>(
    `SELECT ${columns} FROM sweep_target t WHERE t.sweep_id = ? AND t.state = 'todo' AND ${within.sql}
       AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = t.holder_id AND ${isThere}) LIMIT ?`,
    [sweepId, ...within.values, now, mostAtOnce],
  );
}

interface Chosen {
  holderId: string;
  targets: readonly ToAssign[];
}

/**
 * Whoever serves all of these grids, is there, and does not live in one of the households. Where the doors say what is
 * noted of them (`hidesDoors`), whoever is sent there knows it anyhow, or is the linked member: nobody makes himself one.
 */
async function checkHolder(db: Reading, caller: Caller, sweep: Sweep, { holderId, targets }: Chosen): Promise<void> {
  const linked = hidesDoors(sweep) ? await linkedTo(db, holderId, targets, caller.now) : null;
  for (const gridId of new Set(targets.map((each) => each.gridId))) {
    const isLinked = targets.every((each) => each.gridId !== gridId || linked?.has(each.householdId));
    const roles = isLinked ? recordingRoles : holderRoles(sweep);
    const known = await holdersAt(db, caller, gridId, { personId: holderId, roles });
    if (known.length === 0) throw new Problem(linked ? 'sweep.holder-may-not-know' : 'sweep.holder-outside');
  }
  const [at] = await db.query<{ home: string | null }>('SELECT household_id AS home FROM person WHERE id = ?', [
    holderId,
  ]);
  if (targets.some(({ householdId }) => householdId === at?.home)) throw new Problem('sweep.holder-outside');
}

async function linkedTo(db: Reading, memberId: string, targets: readonly ToAssign[], now: Date): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT household_id AS id FROM household_link
     WHERE member_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?) AND household_id IN (?)`,
    [memberId, now, now, targets.length > 0 ? targets.map(({ householdId }) => householdId) : ['']],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whom one may choose from by hand: whoever records; of a sweep that hides its doors, whoever knows the flags there. */
export const holderRoles = (sweep: Sweep): readonly Role[] =>
  hidesDoors(sweep) ? recordingRoles.filter((role) => permissionsOf(role).includes('household.flags')) : recordingRoles;

interface Wanted {
  q?: string | undefined;
  personId?: string;
  roles: readonly Role[];
}

/** Who may be sent to a grid: everybody with one of these posts, there, over it or above it within the village and town. */
export async function holdersAt(db: Reading, { now, reference }: Caller, gridId: string, wanted: Wanted) {
  const { q, personId, roles } = wanted;
  const { county, town, village, group } = reference.tree.gridOf(gridId);
  const line = [county, town, village, group].flatMap((id) => id ?? []);
  const rows = await db.query<{ personId: string; name: string; role: Role }>(
    `SELECT DISTINCT p.id AS personId, p.name, g.role FROM role_grant g JOIN person p ON p.id = g.person_id
     WHERE g.tree = 'grid' AND g.node_id IN (?) AND g.role IN (?) AND g.starts_at <= ?
       AND (g.ends_at IS NULL OR g.ends_at > ?) AND ${isThere}
       ${q === undefined ? '' : 'AND p.name LIKE ?'} ${personId === undefined ? '' : 'AND p.id = ?'}
     ORDER BY g.node_id <> ?, p.name, p.id LIMIT 100`,
    [
      ...[line, roles, now, now, now],
      ...(q === undefined ? [] : [likeOf(q)]),
      ...(personId === undefined ? [] : [personId]),
      gridId,
    ],
  );
  const byPerson = new Map([...rows].reverse().map((row) => [row.personId, row]));
  return [...byPerson.values()].reverse().map(({ role, ...row }) => ({ ...row, role: roleNames[role] }));
}

type Reply = ReplyOf<Api['remind']>;

/**
 * 提醒: who has households still to do is told so, once a day each (China time), whoever presses; the unique key of
 * {@link SweepReminder} decides between two who press at once. The sweep itself does not change by it.
 */
export async function remind({ body, ...asked }: Asked & { body: () => BodyOf<Api['remind']> }): Promise<Reply> {
  const { db, caller } = asked;
  const { record: sweep, isRepeat } = await admitted(asked, 'remind');
  const { actionId, holderIds } = body();
  if (isRepeat) return answered(db, actionId);
  const behind = await behindOf(db, caller, sweep, holderIds);
  const press = { sweepId: sweep.id, day: chinaDate(caller.now.getTime()), eventId: actionId };
  await db.upsert(
    SweepReminder,
    behind.map(({ personId, todo }) => ({ ...press, holderId: personId, missing: todo })),
    ['sweepId'],
  );
  const reminded = (await remindedBy(db, actionId)).length;
  const reply = { reminded, already: behind.length - reminded };
  // An aggregate of its own: nobody waits for the sweep, and the sweep for nobody.
  const scene = { caller, actionId, thing: 'sweep', record: { ...sweep, version: 0 }, action: 'remind' } as const;
  const row = historyRow(scene, { from: sweep.state, to: sweep.state, words: null, facts: reply });
  await db.insert(History, [{ ...row, aggregateId: actionId }]);
  return reply;
}

/** In the order of the key, so that two who remind at once wait for one another and do not cross. */
async function behindOf(db: Reading, caller: Caller, sweep: Sweep, only: readonly string[] | undefined) {
  const within = targetsWithin(reachOver(caller, 'sweep.remind', sweep));
  const reached = await db.query<{ id: string }>(
    `SELECT DISTINCT t.holder_id AS id FROM sweep_target t
     WHERE t.sweep_id = ? AND t.state = 'todo' AND t.holder_id IS NOT NULL AND ${within.sql}`,
    [sweep.id, ...within.values],
  );
  const ids = reached.map(({ id }) => id).filter((id) => id !== caller.personId && (only?.includes(id) ?? true));
  const behind = await holdersOf(db, sweep.id, { only: ids });
  return behind.sort((one, other) => (one.personId < other.personId ? -1 : 1));
}

/** What the first press was answered. */
async function answered(db: Reading, actionId: string): Promise<Reply> {
  const [row] = await db.query<Reply>(
    "SELECT JSON_VALUE(facts, '$.reminded') AS reminded, JSON_VALUE(facts, '$.already') AS already FROM history WHERE id = ?",
    [actionId],
  );
  if (!row) throw new Problem('sweep.not-found');
  return { reminded: Number(row.reminded), already: Number(row.already) };
}
