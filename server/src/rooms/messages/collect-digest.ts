import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import type { Digest } from './digest-times';
import type { NewMessage } from './write-messages';
import { WaitingMessage } from './waiting-message.entity';

/** That a message is told together with others: in which digest, when, and what its thing is called. */
export interface Collected {
  readonly digest: Digest;
  readonly due: Date;
  readonly thingId: string;
  /** Null where it may not be named. */
  readonly deed: string | null;
  /** It stands in the inbox at once, too; the digest only reminds of what still waits. */
  readonly atOnceToo: boolean;
}

export const digestKind = (digest: Digest): string => `digest.${digest}`;

/**
 * Puts messages by for their digest and winds its clock, one for each person. In this order, while whoever tells the digest
 * locks the clock before it reads: so none is put by behind its back.
 */
export async function collect(db: Db, messages: readonly (NewMessage & { collected: Collected })[]): Promise<void> {
  const rows = messages.map(({ collected, personId, kind, topic, about, aboutId, eventId, townId, at }) => ({
    ...{ id: newId(at), personId, digest: collected.digest, kind, topic, deed: collected.deed },
    ...{ about: about ?? 'order', aboutId: aboutId ?? collected.thingId, thingId: collected.thingId },
    ...{ eventId, townId, at },
  }));
  if (rows.length === 0) return;
  await db.upsert(WaitingMessage, rows, ['personId']);
  for (const { personId, townId, collected } of messages) await wind(db, personId, townId, collected);
}

async function wind(db: Db, personId: string, townId: string | null, { digest, due }: Collected): Promise<void> {
  const kind = digestKind(digest);
  const clock = {
    ...{ thingId: personId, kind, aggregateId: personId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
    ...{ runningSince: null, dueAt: null, nextAt: due, rung: 0, leasedUntil: null, attempts: 0, error: null },
  };
  await db.upsert(DueWork, [clock], ['aggregateId']);
  await db.write(
    'UPDATE due_work SET next_at = ? WHERE thing_id = ? AND kind = ? AND (next_at IS NULL OR next_at > ?)',
    [...[due, personId, kind, due]],
  );
}
