import { auditedDecisions } from '@sandan/shared/audit/audit.words';
import { AuditEntry } from '../foundation/audit/audit-entry.entity';
import type { Db } from '../foundation/database/connect';
import { insertAll } from './order-rows';
import { createRandom, type Random } from './random';
import type { Stage } from './stage';

const day = 24 * 60 * 60_000;
/** So far back goes what the auditor of the demo finds. */
const remembered = 90 * day;

type Entry = Partial<AuditEntry>;

/**
 * What the audit would hold of the last months: the decisions of the town's history, sign-ins of whoever holds a post (a
 * few have not come for long), numbers that were looked at, lists that were taken out. Only into an empty audit: nobody
 * may put something in behind what is sealed, not even the demo.
 */
export async function rememberActs(db: Db, stage: Stage): Promise<void> {
  const [there] = await db.query('SELECT 1 FROM audit_entry LIMIT 1');
  if (there) return;
  const random = createRandom(stage.population.people.length);
  const since = new Date(stage.today.getTime() - remembered);
  const entries = [
    ...(await decisions(db, since, random)),
    ...(await looks(db, stage, since, random)),
    ...signIns(stage, random),
    ...exports(stage, random),
  ];
  const before = entries.filter(({ at }) => at && at < stage.today);
  await insertAll(
    db,
    AuditEntry,
    before.sort((one, other) => Number(one.at) - Number(other.at)),
  );
}

interface HistoryRow {
  id: string;
  thing: keyof typeof auditedDecisions;
  thingId: string;
  townId: string | null;
  action: string;
  actorId: string;
  at: Date;
  fromState: string | null;
}

async function decisions(db: Db, since: Date, random: Random): Promise<Entry[]> {
  const acts = Object.entries(auditedDecisions).flatMap(([thing, actions]) =>
    actions.map((action): string => `${thing}.${action}`),
  );
  const rows = await db.query<HistoryRow>(
    `SELECT id, thing, thing_id AS thingId, town_id AS townId, action, actor_id AS actorId, at, from_state AS fromState
     FROM history WHERE at >= ? AND actor_id IS NOT NULL AND CONCAT(thing, '.', action) IN (?) ORDER BY at, id`,
    [since, acts],
  );
  return rows.map(({ id: historyId, thing, thingId, townId, action, actorId, at, fromState }) => ({
    ...{ id: random.id(at), at, personId: actorId, act: `${thing}.${action}` as AuditEntry['act'] },
    ...{ thingId, townId, facts: { historyId, fromState } },
  }));
}

/** 看联系电话: by every fifth of those who took a task, soon after; of what the prepared resident placed, by each. */
async function looks(db: Db, { population }: Stage, since: Date, random: Random): Promise<Entry[]> {
  const rows = await db.query<{ actorId: string; orderId: string; townId: string; at: Date; requesterId: string }>(
    `SELECT t.actor_id AS actorId, t.aggregate_id AS orderId, t.town_id AS townId, t.at, o.requester_id AS requesterId
     FROM history t JOIN service_order o ON o.id = t.aggregate_id
     WHERE t.at >= ? AND t.thing = 'task' AND t.action = 'claim' AND t.actor_id IS NOT NULL ORDER BY t.at, t.id`,
    [since],
  );
  const resident = population.prepared.resident.row.id;
  return rows
    .filter(({ requesterId }) => random.chance(0.2) || requesterId === resident)
    .map(({ actorId, orderId, townId, at: claimed }) => {
      const at = new Date(claimed.getTime() + random.int(2, 90) * 60_000);
      const facts = { purpose: 'handle' as const };
      return { id: random.id(at), at, personId: actorId, act: 'revealContact', thingId: orderId, townId, facts };
    });
}

/** Everybody with a post within the last weeks, nineteen of twenty; the prepared people every few days. */
function signIns({ population, places, today }: Stage, random: Random): Entry[] {
  const prepared = new Set(Object.values(population.prepared));
  const posted = [...new Set(population.posts.map(({ person }) => person))];
  const townId = places.town.grid.id;
  return posted.flatMap((person) => {
    const often = prepared.has(person);
    if (!often && random.chance(0.05)) return [];
    return Array.from({ length: often ? 9 : 1 }, (_, time): Entry => {
      const at = new Date(
        today.getTime() - random.between(often ? time * 3 + 0.3 : 1, often ? time * 3 + 3 : 60) * day,
      );
      const facts = { channel: 'wechat' as const, isNew: false };
      return { id: random.id(at), at, personId: person.row.id, act: 'signIn', thingId: null, townId, facts };
    });
  });
}

/** 谁还没承诺, once a fortnight by the deputy of the committee, and opened. */
function exports({ population, places, today }: Stage, random: Random): Entry[] {
  const personId = population.prepared.townDeputy.row.id;
  const common = { personId, thingId: null, townId: places.town.grid.id };
  return [3, 17, 31, 45].flatMap((ago): Entry[] => {
    const at = new Date(today.getTime() - ago * day - random.int(1, 300) * 60_000);
    const opened = new Date(at.getTime() + 4_000);
    const facts = { paper: 'debtors' as const, organizationId: null, filters: 0 };
    return [
      { ...common, id: random.id(at), at, act: 'exportPaper', facts },
      { ...common, id: random.id(opened), at: opened, act: 'openPaper', facts },
    ];
  });
}
