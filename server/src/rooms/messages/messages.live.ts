import type { Reading } from '../../foundation/database/connect';
import { streamOf, type Happened } from '../../foundation/live/live-stream';
import { longestWrite } from './messages.queries';

interface Arrival {
  readonly id: string;
  readonly personId: string;
  readonly arrivedAt: Date;
}

const most = 5_000;

/**
 * A message stands under the moment in which its row was written, and is seen when its transaction ends: so what was written
 * shortly before is read once more, by the index (arrived_at, person_id). One that stands for several is another each time.
 */
const query = `
(SELECT m.id, m.person_id AS personId, m.arrived_at AS arrivedAt FROM message m
  WHERE m.arrived_at >= COALESCE(?, UTC_TIMESTAMP(3)) - INTERVAL ${longestWrite} SECOND
  ORDER BY m.arrived_at DESC LIMIT ${most})
UNION ALL
SELECT NULL, NULL, UTC_TIMESTAMP(3)`;

export async function arrivedSince(reading: Reading, since: Date | null): Promise<Happened<Arrival>> {
  const rows = await reading.query<Arrival>(query, [since]);
  const at = rows.pop()?.arrivedAt;
  if (!at) throw new Error('The database does not know the time');
  return { items: rows, at, behind: false, cutShort: rows.length >= most || (since !== null && at < since) };
}

/** 消息: to whom something new was told, or who has read some elsewhere, never what; the app asks how many he has not read. */
export const messageLive = streamOf<Arrival>({
  topics: ['messages'],
  // It comes after the thing itself, and from another process.
  every: 1_000,
  since: arrivedSince,
  keyOf: ({ id, arrivedAt }) => `${id} ${arrivedAt.getTime()}`,
  hearing: (_reading, arrivals) => {
    const told = new Set(arrivals.map(({ personId }) => personId));
    return Promise.resolve(({ personId }) => (told.has(personId) ? [{ topic: 'messages', id: null }] : []));
  },
});
