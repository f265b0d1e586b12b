import type { Db, SqlValue } from '../database/connect';
import { newId } from '../ids';
import type { Reference } from '../reference/reference';
import type { TierColumns } from '../reference/tree';
import { checkedFields, type CheckedName } from './checked-fields';
import type { ContentCheck } from './content-check.entity';
import { isDrawn, standingAfter } from './standing';
import { tell } from './tell';
import type { Judged } from './verdict';

export type CheckRoot = Pick<ContentCheck, 'root' | 'rootId'> & TierColumns;

export interface Asked {
  field: CheckedName;
  thingId: string;
  authorId: string;
  /** What WeChat said when it was asked before the transaction; left out: the worker asks it in a moment. */
  judged?: Judged;
  /** Who answers for it, where two people have read it: then it is shown whatever WeChat doubts. */
  passedById?: string;
}

interface When {
  now: Date;
  reference: Reference;
}

const columns =
  'id, field, thing_id, author_id, root, root_id, county_id, town_id, village_id, group_id, state, held, at_desk, sampled, ' +
  'label, trace_id, tries, next_at, created_at, decided_by_id, decided_at';
const placeholders = `(${columns.split(',').fill('?').join(', ')})`;
/** Whoever has complained of it gets an answer from a person. */
export const hasComplaint =
  'EXISTS (SELECT 1 FROM content_complaint x WHERE x.check_id = content_check.id AND x.outcome IS NULL)';
/** Written anew it is judged anew: what was found or decided was about other words. */
const renewed = columns
  .split(', ')
  .filter((column) => !['id', 'field', 'thing_id', 'author_id', 'at_desk'].includes(column))
  .map((column) => `${column} = VALUES(${column})`)
  .join(', ');

/**
 * To be called in the transaction that writes what others will see: a check for each, and each hidden from others as its
 * field says. Costs a statement for the checks and one for each table that hides something.
 */
export async function askChecks(
  db: Db,
  of: CheckRoot,
  { now, reference }: When,
  asked: readonly Asked[],
): Promise<void> {
  if (asked.length === 0) return;
  const percent = reference.town(of.townId).reviewSamplePercent;
  const checks = asked.map((each) => newCheck(each, of, now, percent));
  await db.write(
    `INSERT INTO content_check (${columns}) VALUES ${checks.map(() => placeholders).join(', ')}
     ON DUPLICATE KEY UPDATE at_desk = IF(${hasComplaint}, 1, VALUES(at_desk)), ${renewed}, reason = NULL, asked_at = NULL, leased_until = NULL, version = version + 1`,
    checks.flatMap(valuesOf),
  );
  for (const value of [1, 2] as const) {
    const things = checks.filter((check) => flagOf(check) === value);
    await setFlags(db, things, value);
  }
  await tellHeld(
    db,
    checks.filter(({ state }) => state === 'doubtful' || state === 'risky'),
    now,
  );
}

/** Judged before the transaction: whoever wrote it hears of it as of what the worker judged. */
async function tellHeld(db: Db, checks: readonly NewCheck[], now: Date): Promise<void> {
  for (const { field, thingId, authorId } of checks) {
    // Written anew it has kept the id it had.
    const [check] = await db.query<Pick<ContentCheck, 'id' | 'townId' | 'field' | 'version'>>(
      `SELECT id, town_id AS townId, field, version FROM content_check
       WHERE field = ? AND thing_id = ? AND author_id = ?`,
      [field, thingId, authorId],
    );
    if (check) await tell(db, check, 'hold', now);
  }
}

type NewCheck = Omit<ContentCheck, 'askedAt' | 'leasedUntil' | 'reason' | 'version'>;

function newCheck({ field, thingId, authorId, judged, passedById }: Asked, of: CheckRoot, now: Date, percent: number) {
  const id = newId(now);
  const tries = judged ? 1 : 0;
  const course = { field, createdAt: now, tries, now, sampled: isDrawn(id, percent) };
  const first = { ...standingAfter('away', { ...course, tries: 1 }), nextAt: now };
  const standing = judged ? standingAfter(judged.verdict, course) : first;
  const passed = passedById !== undefined && standing.state !== 'passed';
  return {
    ...{ id, field, thingId, authorId, root: of.root, rootId: of.rootId },
    ...{ countyId: of.countyId, townId: of.townId, villageId: of.villageId, groupId: of.groupId },
    ...standing,
    ...(passed ? { state: 'shown', held: 0, atDesk: null, nextAt: null } : {}),
    ...{ label: judged?.label ?? null, traceId: judged?.traceId ?? null, tries, createdAt: now },
    ...{ decidedById: passed ? passedById : null, decidedAt: passed ? now : null },
  } as NewCheck;
}

const valuesOf = (check: NewCheck) => [
  ...[check.id, check.field, check.thingId, check.authorId, check.root, check.rootId],
  ...[check.countyId, check.townId, check.villageId, check.groupId, check.state, check.held, check.atDesk],
  ...[check.sampled, check.label, check.traceId, check.tries, check.nextAt, check.createdAt],
  ...[check.decidedById, check.decidedAt],
];

type Flagged = Pick<ContentCheck, 'field' | 'thingId' | 'authorId'>;

/** How the thing's own row is marked while its check stands so. */
export function flagOf({ field, state, held }: Pick<ContentCheck, 'field' | 'state' | 'held'>): 0 | 1 | 2 {
  if (held === 0) return 0;
  const doubted = state === 'doubtful' || state === 'risky';
  return state === 'hidden' || (doubted && checkedFields[field].partShown) ? 2 : 1;
}

/**
 * The column by which lists and pages show or hide the thing: 0 shown, 1 waits, 2 a person has hidden it, or a part of it
 * that did not wait is doubted.
 */
export async function setFlags(db: Db, things: readonly Flagged[], value: 0 | 1 | 2): Promise<void> {
  for (const { field, thingId, authorId } of things) {
    const { table, key, person, flag } = checkedFields[field];
    const whose = person === undefined ? '' : `AND ${person} = ?`;
    const values = [value, thingId, ...(person === undefined ? [] : [authorId])];
    await db.write(`UPDATE ${table} SET ${flag} = ? WHERE ${key} = ? ${whose}`, values);
  }
}

/** 转为保密: nobody else sees anything of it any more, so neither WeChat nor the desk is asked. */
export const withdrawChecks = (db: Db, rootId: string, now: Date): Promise<void> =>
  withdraw(db, { sql: 'c.root_id = ?', values: [rootId] }, now, 'c.held');

/** Its author has taken the words back, or put others in their place. */
export const withdrawCheck = (db: Db, { field, thingId, authorId }: Flagged, now: Date): Promise<void> =>
  withdraw(
    db,
    { sql: 'c.field = ? AND c.thing_id = ? AND c.author_id = ?', values: [field, thingId, authorId] },
    now,
    '0',
  );

/** The same, whoever wrote it. */
export const withdrawWhole = (db: Db, { field, thingId }: Pick<Flagged, 'field' | 'thingId'>, now: Date) =>
  withdraw(db, { sql: 'c.field = ? AND c.thing_id = ?', values: [field, thingId] }, now, '0');

interface Which {
  sql: string;
  values: SqlValue[];
}

/** Whoever complained of it hears that it is not shown any more: nobody will decide about it now. */
async function withdraw(db: Db, { sql, values }: Which, now: Date, held: string): Promise<void> {
  const withdrawn = await db.write(
    `UPDATE content_check c SET c.state = 'withdrawn', c.held = ${held}, c.at_desk = NULL, c.next_at = NULL,
       c.version = c.version + 1 WHERE ${sql} AND c.state <> 'withdrawn'`,
    values,
  );
  if (withdrawn === 0) return;
  const complained = await db.query<Pick<ContentCheck, 'id' | 'townId' | 'field' | 'version'>>(
    `SELECT DISTINCT c.id, c.town_id AS townId, c.field, c.version FROM content_check c
       JOIN content_complaint x ON x.check_id = c.id AND x.outcome IS NULL WHERE ${sql}`,
    values,
  );
  if (complained.length === 0) return;
  await db.write(
    "UPDATE content_complaint SET outcome = 'upheld', decided_at = ? WHERE check_id IN (?) AND outcome IS NULL",
    [now, complained.map(({ id }) => id)],
  );
  for (const check of complained) await tell(db, check, 'gone', now);
}

/**
 * Whoever answers a thing in public, or reviews it, has decided about it too. What WeChat is sure about stays hidden until
 * the desk has decided, and what people complained of stays with the desk, too: returns whether the thing is shown now.
 */
export async function decidedBy(
  db: Db,
  { personId, now }: { personId: string; now: Date },
  thing: Pick<ContentCheck, 'field' | 'thingId'> & { authorId?: string },
  shown: boolean,
): Promise<boolean> {
  // Locked: a verdict that comes meanwhile waits, and then finds that a person has decided.
  const [check] = await db.query<Flagged & { id: string; state: ContentCheck['state']; held: number }>(
    `SELECT id, field, thing_id AS thingId, author_id AS authorId, state, held FROM content_check
     WHERE field = ? AND thing_id = ? ${thing.authorId === undefined ? '' : 'AND author_id = ?'} FOR UPDATE`,
    [thing.field, thing.thingId, ...(thing.authorId === undefined ? [] : [thing.authorId])],
  );
  if (!check) return shown;
  if (check.held === 0 && shown) return true;
  const byDesk = check.state === 'risky' || check.state === 'hidden' || check.state === 'withdrawn';
  if (byDesk && shown) return false;
  await db.write(
    `UPDATE content_check SET state = ?, held = ?, next_at = NULL, decided_by_id = ?, decided_at = ?,
       at_desk = IF(${hasComplaint}, 1, NULL), version = version + 1 WHERE id = ?`,
    [shown ? 'shown' : 'hidden', shown ? 0 : 1, personId, now, check.id],
  );
  await setFlags(db, [check], shown ? 0 : 2);
  return shown;
}
