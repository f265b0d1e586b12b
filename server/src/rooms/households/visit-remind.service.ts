import type { BodyOf, QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import type { visitsApi } from '@sandan/shared/households/visits.contract';
import { Problem } from '@sandan/shared/problems';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { decodeCursor } from '../../foundation/database/cursor';
import { fromJson, type Db, type Reading } from '../../foundation/database/connect';
import { pageOf } from '../../foundation/database/page';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { today } from './due-dates';
import { linkNow, presentMember } from './links.queries';
import { VisitReminder } from './visit.entity';

type Overdue = ReplyOf<typeof visitsApi.overdue>;

interface OverdueRow {
  id: string;
  name: string;
  organizationId: string | null;
  awayUntil: Date | null;
  overdue: number | string;
  dueOn: string;
  reminded: number;
}

interface Asked {
  gridIds: readonly string[];
  after?: readonly [name: string, id: string] | undefined;
  memberIds?: readonly string[] | undefined;
  limit: number;
}

/** Whoever looks after households that are overdue, by name: the stand-in for those of a member who is away. */
const overdueMembers = (
  reading: Reading,
  now: Date,
  { gridIds, after, memberIds, limit }: Asked,
): Promise<OverdueRow[]> =>
  reading.query<OverdueRow>(
    `SELECT p.id, p.name, p.home_organization_id AS organizationId, p.away_until AS awayUntil, late.overdue, late.dueOn,
            EXISTS (SELECT 1 FROM visit_reminder r WHERE r.member_id = p.id AND r.day = ?) AS reminded
     FROM (SELECT ${presentMember} AS id, COUNT(*) AS overdue, CAST(MIN(l.due_on) AS CHAR) AS dueOn
           FROM household h JOIN household_link l ON l.household_id = h.id AND ${linkNow()} AND l.due_on < ?
             JOIN person m ON m.id = l.member_id
           WHERE h.grid_id IN (?) AND h.closed_at IS NULL GROUP BY id) late
       JOIN person p ON p.id = late.id AND p.disabled_at IS NULL
     WHERE TRUE ${after ? 'AND p.name >= ? AND (p.name > ? OR p.id > ?)' : ''} ${memberIds ? 'AND p.id IN (?)' : ''}
     ORDER BY p.name, p.id LIMIT ?`,
    [
      ...[today(now), now, now, now, today(now), gridIds],
      ...(after ? [after[0], after[0], after[1]] : []),
      ...(memberIds ? [memberIds] : []),
      limit,
    ],
  );

/** How many households of these grids each of a page of members looks after. */
async function loadsOf(
  reading: Reading,
  now: Date,
  { gridIds, memberIds }: { gridIds: readonly string[]; memberIds: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await reading.query<{ id: string; households: number }>(
    `SELECT ${presentMember} AS id, COUNT(*) AS households
     FROM (SELECT id FROM household_link WHERE member_id IN (?)
           UNION SELECT id FROM household_link WHERE stand_in_id IN (?)) mine
       JOIN household_link l ON l.id = mine.id AND ${linkNow()} JOIN person m ON m.id = l.member_id
       JOIN household h ON h.id = l.household_id AND h.closed_at IS NULL AND h.grid_id IN (?) GROUP BY id`,
    [now, memberIds, memberIds, now, now, gridIds],
  );
  return new Map(rows.map(({ id, households }) => [id, Number(households)]));
}

const gridsUnder = ({ reference: { tree } }: Caller, gridId: string): string[] =>
  tree.grids.filter(({ id }) => tree.isWithin(id, gridId)).map(({ id }) => id);

export async function listOverdue(
  reading: Reading,
  caller: Caller,
  { gridId, cursor, limit }: QueryOf<typeof visitsApi.overdue>,
): Promise<Overdue> {
  gridWithin(caller, 'visit.watch', gridId);
  const filters = { list: 'overdueVisits', gridId };
  const after = decodeCursor(cursor, filters, ['text', 'id']);
  const gridIds = gridsUnder(caller, gridId);
  const rows = await overdueMembers(reading, caller.now, { gridIds, after, limit: limit + 1 });
  const loads = await loadsOf(reading, caller.now, { gridIds, memberIds: rows.map(({ id }) => id) });
  return pageOf(rows, {
    ...{ limit, filters, keyOf: ({ name, id }) => [name, id] },
    toReply: (row) => ({
      ...{ memberId: row.id, name: row.name, households: loads.get(row.id) ?? 0, overdue: Number(row.overdue) },
      organization: (row.organizationId && caller.reference.tree.organization(row.organizationId)?.name) || '',
      ...{ dueOn: row.dueOn, away: row.awayUntil !== null && row.awayUntil > caller.now },
      remindedToday: Number(row.reminded) === 1,
      allows: Number(row.reminded) === 1 || row.id === caller.personId ? [] : ['remind' as const],
    }),
  });
}

/** More than a town has members; a county reminds town by town. */
const mostReminded = 5_000;

/** 提醒走访: once a day each, whoever presses; the unique key of {@link VisitReminder} decides between two. */
export async function remindVisits(
  db: Db,
  caller: Caller,
  actionId: string | null,
  judge: () => BodyOf<typeof visitsApi.remind>,
): Promise<ReplyOf<typeof visitsApi.remind>> {
  const repeat = await repeatOf(db, actionId);
  const isOwn = repeat?.actorId === caller.personId && repeat.action === 'remind';
  const { actionId: eventId, gridId, memberIds } = judge();
  if (isOwn) return remindedIn(db, eventId);
  if (repeat) throw new Problem('action.repeated-differently');
  const grid = gridWithin(caller, 'visit.watch', gridId);
  const { now } = caller;
  const late = await overdueMembers(db, now, { gridIds: gridsUnder(caller, gridId), memberIds, limit: mostReminded });
  const rows = late
    .filter(({ id }) => id !== caller.personId)
    .map(({ id, overdue }) => ({ memberId: id, day: today(now), overdue: Number(overdue), eventId }))
    .sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  for (let from = 0; from < rows.length; from += 500)
    await db.upsert(VisitReminder, rows.slice(from, from + 500), ['memberId']);
  const [row] = await db.query<{ count: number }>('SELECT COUNT(*) AS count FROM visit_reminder WHERE event_id = ?', [
    eventId,
  ]);
  const reply = { reminded: Number(row?.count), already: rows.length - Number(row?.count) };
  await db.insert(History, [
    {
      ...{
        id: eventId,
        thing: 'visits',
        thingId: grid.id,
        aggregateId: eventId,
        seq: 1,
        townId: grid.town,
        facts: reply,
      },
      ...{ action: 'remind', actorId: caller.personId, actorName: caller.name, at: now, onBehalfId: null },
      ...{
        actorRole: roleFor(caller, 'visit.watch', grid.id),
        fromState: null,
        toState: null,
        words: null,
        fannedOutAt: null,
      },
    },
  ]);
  return reply;
}

async function remindedIn(db: Db, eventId: string): Promise<ReplyOf<typeof visitsApi.remind>> {
  const [row] = await db.query<{ facts: unknown }>('SELECT facts FROM history WHERE id = ?', [eventId]);
  return fromJson(row?.facts);
}
