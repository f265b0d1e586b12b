import { isAuditAct, type AuditAct } from '@sandan/shared/audit/audit.words';
import type { FactsOf } from '@sandan/shared/audit/audit-facts';
import type { Caller } from '../access/caller';
import type { Db, Reading } from '../database/connect';
import { newId } from '../ids';
import type { History } from '../outbox/history.entity';
import { AuditEntry } from './audit-entry.entity';

/** Who did it: whoever asks, or, where nobody has signed in yet, what is known of him. */
export type Doer =
  | Pick<Caller, 'personId' | 'now' | 'homeGridId' | 'grants' | 'reference'>
  | { personId: string | null; now: Date; townId: string | null };

export type Done<Act extends AuditAct> = (FactsOf<Act> extends null ? { facts?: null } : { facts: FactsOf<Act> }) & {
  /** Of the entry, where something else has to name it; left out: a new one. */
  id?: string;
  thingId?: string | null;
  /** Of the thing; left out: of whoever did it. */
  townId?: string | null;
};

/**
 * Writes an act into the audit, in the caller's own transaction: what is rolled back did not happen. The one way in, so
 * that acts are those of the catalogue and facts hold nothing that somebody typed.
 */
export const recordAct = <Act extends AuditAct>(db: Db, doer: Doer, act: Act, done: Done<Act>): Promise<void> =>
  recordActs(db, doer, act, [done]);

/** The same act done to several things at once: an entry each, in one statement. */
export const recordActs = <Act extends AuditAct>(
  db: Db,
  doer: Doer,
  act: Act,
  all: readonly Done<Act>[],
): Promise<void> => {
  const { personId, now } = doer;
  return db.insert(
    AuditEntry,
    all.map(({ id = newId(now), facts = null, thingId = null, townId = townOf(doer) }) => ({
      ...{ id, at: now, personId, act, thingId, townId, facts },
    })),
  );
};

/** 决定: of the rows of history just written, those by which a person has ruled over something (`auditedDecisions`). */
export async function recordDecisions(db: Db, rows: readonly Partial<History>[]): Promise<void> {
  const entries = rows.flatMap((row): Partial<AuditEntry>[] => {
    const act = `${row.thing}.${row.action}`;
    const { id, at, actorId, thingId = null, townId = null, fromState = null } = row;
    if (!isAuditAct(act) || !actorId || !id || !at) return [];
    return [{ id: newId(at), at, personId: actorId, act, thingId, townId, facts: { historyId: id, fromState } }];
  });
  await db.insert(AuditEntry, entries);
}

/** Where he holds a post, else where he lives; null for the county's own. */
function townOf(doer: Doer): string | null {
  if ('townId' in doer) return doer.townId;
  const { grants, homeGridId, reference } = doer;
  const grids = grants.flatMap((grant) => grant.grids);
  if (grids.length > 0) return grids[0]?.town ?? null;
  return homeGridId === null ? null : (reference.tree.grid(homeGridId)?.town ?? null);
}

/** The same for somebody who is just coming in: the town of his first post, else of his home. */
export async function townOfPerson(db: Reading, personId: string, now: Date): Promise<string | null> {
  const [row] = await db.query<{ townId: string | null }>(
    `(SELECT 1 AS place, r.id, g.town_id AS townId FROM role_grant r JOIN grid g ON g.id = r.node_id
      WHERE r.person_id = ? AND r.tree = 'grid' AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?))
     UNION ALL
     (SELECT 1, r.id, g.town_id FROM role_grant r JOIN party_ancestor a ON a.ancestor_id = r.node_id
        JOIN party_grid p ON p.organization_id = a.descendant_id JOIN grid g ON g.id = p.grid_id
      WHERE r.person_id = ? AND r.tree = 'party' AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?) LIMIT 1)
     UNION ALL
     (SELECT 2, h.id, g.town_id FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
      WHERE p.id = ?)
     ORDER BY place, id LIMIT 1`,
    [personId, now, now, personId, now, now, personId],
  );
  return row?.townId ?? null;
}
