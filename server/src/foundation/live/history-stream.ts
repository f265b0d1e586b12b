import type { LiveTopic } from '@sandan/shared/live/live.words';
import type { Reading } from '../database/connect';
import type { DomainEvent } from '../outbox/outbox';
import { streamOf, type Happened, type Hearing, type LiveStream } from './live-stream';

/** A row of history as the live desk follows it: what moved, never who moved it or what was said. */
export type LiveEvent = Pick<DomainEvent, 'id' | 'thing' | 'thingId' | 'aggregateId' | 'action'> & {
  /** By it the thing became confidential, and goes from others' sight. */
  conceals: 0 | 1;
};

/** What a room tells of its things. */
export interface LiveSource {
  readonly topics: readonly LiveTopic[];
  readonly things: readonly string[];
  hearing(reading: Reading, events: readonly LiveEvent[]): Promise<Hearing>;
}

interface EventRow extends LiveEvent {
  /** Null until a worker has fanned it out. */
  at: Date | null;
}

/** The clock of a database is set by small steps, if at all. */
const overlapSeconds = 2;
const most = 400;

const columns = `h.id, h.thing, h.thing_id AS thingId, h.aggregate_id AS aggregateId, h.action,
  JSON_EXTRACT(h.facts, '$.concealed') IS NOT NULL AS conceals`;
const read = 'id, thing, thing_id, aggregate_id, action, facts';

/**
 * Ids of parallel writers become visible in any order, and history's own time is the village's. So two sets are read in one
 * snapshot: what no worker has fanned out yet, and what was fanned out since `since`, by the database's clock. Nothing is
 * missed: what this snapshot does not show is committed after it, and a worker reads the clock for its stamp after it has
 * seen the row committed; so the row is found by the next reading in one set or the other, however long its transaction
 * took. Both are ends of the index (fanned_out_at, …); of the first no more is looked at than is taken, and what lies behind
 * that is seen once it is fanned out.
 */
const query = `
(SELECT ${columns}, NULL AS at FROM (SELECT ${read} FROM history WHERE fanned_out_at IS NULL LIMIT ${most}) h)
UNION ALL
(SELECT ${columns}, h.fanned_out_at FROM history h
  WHERE h.fanned_out_at >= COALESCE(?, UTC_TIMESTAMP(3)) - INTERVAL ${overlapSeconds} SECOND AND h.thing IN (?)
  ORDER BY h.fanned_out_at DESC LIMIT ${most})
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, UTC_TIMESTAMP(3)`;

/** What has happened to such things since then; `since` null: just now. */
export async function happenedSince(
  reading: Reading,
  things: readonly string[],
  since: Date | null,
): Promise<Happened<LiveEvent>> {
  const rows = await reading.query<EventRow>(query, [since, things]);
  const at = rows.pop()?.at;
  if (!at) throw new Error('The database does not know the time');
  const waiting = rows.filter((row) => row.at === null);
  const done = rows.flatMap((row) => row.at ?? []);
  const oldest = done.length < most ? null : Math.min(...done.map(Number));
  return {
    items: [...waiting.filter(({ thing }) => things.includes(thing)), ...rows.filter((row) => row.at !== null)],
    at,
    behind: waiting.length >= most,
    // A clock that has been set back says nothing about what came after `since`.
    cutShort: since !== null && (at < since || (oldest !== null && oldest > since.getTime())),
  };
}

export function historyStream(sources: readonly LiveSource[]): LiveStream {
  const things = sources.flatMap((source) => source.things);
  return streamOf({
    topics: sources.flatMap((source) => source.topics),
    every: 0,
    since: (reading, since) => happenedSince(reading, things, since),
    keyOf: ({ id }) => id,
    hearing: async (reading, events) => {
      const heard = await Promise.all(
        sources.map((source) =>
          source.hearing(
            reading,
            events.filter(({ thing }) => source.things.includes(thing)),
          ),
        ),
      );
      return (caller) => heard.flatMap((hearing) => hearing(caller));
    },
  });
}
