import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { householdLinksApi } from '@sandan/shared/households/household-links.contract';
import type { LinkReason } from '@sandan/shared/households/visit.words';
import { Problem } from '@sandan/shared/problems';
import { newId } from '../../foundation/ids';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import { fromJson, type Db } from '../../foundation/database/connect';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { HouseholdLink } from './household.entity';
import { linkPlan, linkScope, type PlannedRow } from './link-plan';
import { startDigest } from './visits.due-work';

type Applied = ReplyOf<typeof householdLinksApi.apply>;

/**
 * 照方案联户: all of it in one transaction, or nothing. The plan is made anew from what stands now; where that is no longer
 * what the secretary saw, he looks again. Two who apply at once wait for one another at the village.
 */
export async function applyLinks(
  db: Db,
  caller: Caller,
  actionId: string | null,
  judge: () => BodyOf<typeof householdLinksApi.apply>,
): Promise<Applied> {
  const repeat = await repeatOf(db, actionId);
  if (repeat && repeat.actorId === caller.personId && repeat.action === 'apply' && actionId !== null)
    return appliedIn(db, actionId);
  const body = judge();
  if (repeat) throw new Problem('action.repeated-differently');
  const { scope, village } = linkScope(caller, body.gridId);
  await db.query('SELECT id FROM grid WHERE id = ? FOR UPDATE', [village.id]);
  const { base, rows } = await linkPlan(db, caller, body.gridId, body.moves);
  if (base.stamp !== body.base) throw new Problem('household-link.stale');
  const here = rows.filter(({ groupId }) => caller.reference.tree.isWithin(groupId, scope.id));
  await writeLinks(db, caller, body.actionId, here);
  const count = (...changes: PlannedRow['change'][]) => here.filter(({ change }) => changes.includes(change)).length;
  const applied = { added: count('new'), changed: count('other'), standIns: count('standIn') };
  await tellLinks(db, caller, {
    actionId: body.actionId,
    villageId: village.id,
    townId: village.town,
    action: 'apply',
    facts: applied,
  });
  if (village.town !== null) await startDigest(db, village.town, caller.now);
  return applied;
}

const batch = 500;

async function writeLinks(db: Db, caller: Caller, actionId: string, rows: readonly PlannedRow[]): Promise<void> {
  const ended = rows.filter(({ change, before }) => change === 'other' || (change === 'nobody' && before !== null));
  await endLinks(
    db,
    caller,
    actionId,
    ended.filter(({ moved }) => moved),
    'moved',
  );
  await endLinks(
    db,
    caller,
    actionId,
    ended.filter(({ moved }) => !moved),
    'memberLeft',
  );
  await settleAsked(db, caller, rows);
  const begun = rows.filter(({ change }) => change === 'new' || change === 'other');
  for (let from = 0; from < begun.length; from += batch)
    await db.insert(
      HouseholdLink,
      begun.slice(from, from + batch).flatMap((row) => linkRow(caller, actionId, row)),
    );
  await carryVisits(db, actionId);
  const standing = rows.filter(({ change }) => change === 'standIn');
  for (const standInId of [...new Set(standing.map((row) => row.standInId))].sort()) {
    const ids = standing.filter((row) => row.standInId === standInId).map(({ householdId }) => householdId);
    await db.write('UPDATE household_link SET stand_in_id = ? WHERE household_id IN (?) AND ends_at IS NULL', [
      standInId,
      ids,
    ]);
  }
}

/** Who asked for another member and now has one needs no further answer. */
async function settleAsked(db: Db, { now, personId }: Caller, rows: readonly PlannedRow[]): Promise<void> {
  for (const { householdId, memberId } of rows.filter(({ change }) => change === 'other')) {
    await db.write(
      `UPDATE link_request SET settled_at = ?, settled_by_id = ?, new_member_id = ?
       WHERE household_id = ? AND settled_at IS NULL`,
      [now, personId, memberId, householdId],
    );
  }
}

async function endLinks(
  db: Db,
  { now, personId }: Caller,
  actionId: string,
  rows: readonly Pick<PlannedRow, 'householdId'>[],
  reason: LinkReason,
): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    const ids = rows.slice(from, from + batch).map(({ householdId }) => householdId);
    await db.write(
      `UPDATE household_link SET ends_at = ?, end_reason = ?, ended_by_id = ?, ended_in = ?
       WHERE household_id IN (?) AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)`,
      [now, reason, personId, actionId, ids, now, now],
    );
  }
}

const linkRow = (
  { now, personId }: Caller,
  actionId: string,
  { householdId, memberId, standInId, moved }: PlannedRow,
): Partial<HouseholdLink>[] =>
  memberId === null
    ? []
    : [
        {
          ...{ id: newId(now), householdId, memberId, standInId, startsAt: now, endsAt: null, tries: 0 },
          ...{ reason: moved ? 'moved' : 'proposed', madeById: personId, madeIn: actionId },
        },
      ];

/** One household goes to another member, as its people have asked. */
export async function moveHousehold(
  db: Db,
  caller: Caller,
  { actionId, householdId, memberId }: { actionId: string; householdId: string; memberId: string },
): Promise<void> {
  const { now, personId } = caller;
  await endLinks(db, caller, actionId, [{ householdId }], 'asked');
  const began = {
    startsAt: now,
    endsAt: null,
    tries: 0,
    reason: 'asked' as const,
    madeById: personId,
    madeIn: actionId,
  };
  await db.insert(HouseholdLink, [{ id: newId(now), householdId, memberId, ...began }]);
  await carryVisits(db, actionId);
}

/**
 * Who was visited this month stays visited, whoever is linked to him from now on: also where the link before had ended some
 * time ago, since its member had left.
 */
const carryVisits = (db: Db, actionId: string): Promise<number> =>
  db.write(
    `UPDATE household_link l
       JOIN (SELECT b.household_id, MAX(b.ends_at) AS ends_at FROM household_link b
             WHERE b.ends_at IS NOT NULL AND b.household_id IN (SELECT n.household_id FROM household_link n WHERE n.made_in = ?)
             GROUP BY b.household_id) last ON last.household_id = l.household_id
       JOIN household_link was ON was.household_id = last.household_id AND was.ends_at = last.ends_at
     SET l.last_visit_at = was.last_visit_at, l.last_visit_result = was.last_visit_result,
       l.last_tried_at = was.last_tried_at, l.tries = was.tries WHERE l.made_in = ?`,
    [actionId, actionId],
  );

interface Told {
  actionId: string;
  villageId: string;
  townId: string | null;
  action: string;
  facts: Applied;
}

/** An aggregate of its own: the next act on the village waits for no message. */
async function tellLinks(db: Db, caller: Caller, { actionId, villageId, townId, action, facts }: Told): Promise<void> {
  const { personId, name, now: at } = caller;
  await db.insert(History, [
    {
      ...{
        id: actionId,
        thing: 'householdLink',
        thingId: villageId,
        aggregateId: actionId,
        seq: 1,
        townId,
        action,
        at,
      },
      ...{
        actorId: personId,
        actorName: name,
        actorRole: roleFor(caller, 'link.arrange', villageId),
        onBehalfId: null,
      },
      ...{ fromState: null, toState: null, words: null, facts, fannedOutAt: null },
    },
  ]);
  const { added, changed: moved, standIns } = facts;
  await recordAct(db, caller, 'arrangeLinks', { thingId: villageId, townId, facts: { added, moved, standIns } });
}

/** What the first press was answered. */
async function appliedIn(db: Db, actionId: string): Promise<Applied> {
  const [row] = await db.query<{ facts: unknown }>('SELECT facts FROM history WHERE id = ?', [actionId]);
  return fromJson<Applied>(row?.facts);
}
