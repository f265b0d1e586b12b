import type { Reading } from '../database/connect';
import type { DomainEvent } from '../outbox/outbox';

/** A row of history as the live desk follows it: what moved, never who moved it or what was said. */
export type LiveEvent = Pick<DomainEvent, 'id' | 'thing' | 'thingId' | 'aggregateId' | 'action'>;

export interface Happened {
  events: LiveEvent[];
  /** The database's time: everything written before it is among these events or came earlier. */
  at: Date;
  /** There are more than were read. */
  cutShort: boolean;
}

/** A stamp may become visible so long after its time: fan-out waits 5 s for a lock at most (decisions.md §1.8, §3.3). */
const overlapSeconds = 10;
const most = 400;

const columns = 'h.id, h.thing, h.thing_id AS thingId, h.aggregate_id AS aggregateId, h.action';

/**
 * Ids of parallel writers become visible in any order, and history's own time is the village's. So two sets are read in one
 * snapshot: what no worker has fanned out yet, and what was fanned out since shortly before `since`, by the database's
 * clock. A row that is committed stands in the first until it stands in the second, and whoever remembers the ids that he
 * was given loses none. Both are ends of the index (fanned_out_at, …).
 */
const query = `
(SELECT ${columns}, NULL AS at FROM history h WHERE h.fanned_out_at IS NULL AND h.thing IN (?) LIMIT ${most})
UNION ALL
(SELECT ${columns}, NULL FROM history h
  WHERE h.fanned_out_at >= COALESCE(?, UTC_TIMESTAMP(3)) - INTERVAL ${overlapSeconds} SECOND AND h.thing IN (?)
  ORDER BY h.fanned_out_at DESC LIMIT ${most})
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, UTC_TIMESTAMP(3)`;

/** What has happened to such things since then; `since` null: just now. */
export async function happenedSince(
  reading: Reading,
  things: readonly string[],
  since: Date | null,
): Promise<Happened> {
  const rows = await reading.query<LiveEvent & { at: Date | null }>(query, [things, since, things]);
  const at = rows.at(-1)?.at;
  if (!at) throw new Error('The database does not know the time');
  const events = rows.slice(0, -1).map(({ at: _at, ...event }) => event);
  return { events, at, cutShort: events.length >= most };
}

/** Reads on from where it was; each event once. A row that was told before it was fanned out is the same row afterwards. */
export function followHistory(reading: Reading, things: readonly string[]): () => Promise<Happened> {
  let known: ReadonlySet<string> = new Set();
  let position: Date | null = null;
  return async () => {
    const { events, at, cutShort } = await happenedSince(reading, things, position);
    const fresh = events.filter(({ id }) => !known.has(id));
    known = new Set(events.map(({ id }) => id));
    position = at;
    return { events: fresh, at, cutShort };
  };
}
