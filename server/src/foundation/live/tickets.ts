import { createHmac } from 'node:crypto';
import { liveTimes } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import { hashToken } from '../access/sessions';
import type { SigningKeys } from '../access/signature';
import type { Db } from '../database/connect';
import { LiveTicket } from './live-ticket.entity';

/**
 * A ticket for the caller's session. It follows from session and action id, so that a repeat is given the same one, and it
 * still opens one socket only.
 */
export async function issueTicket(
  db: Db,
  { sessionId, now }: Pick<Caller, 'sessionId' | 'now'>,
  actionId: string,
  [{ secret }]: SigningKeys,
): Promise<string> {
  const ticket = createHmac('sha256', secret)
    .update(JSON.stringify(['live', sessionId, actionId]))
    .digest('base64url');
  const expiresAt = new Date(now.getTime() + liveTimes.ticket);
  await db.upsert(LiveTicket, [{ id: actionId, ticketHash: hashToken(ticket), sessionId, expiresAt }], ['id']);
  return ticket;
}

/** The session that the ticket was made for; null for one that is unknown, used or too old. */
export async function takeTicket(db: Db, ticket: string, now: Date): Promise<string | null> {
  const hash = hashToken(ticket);
  const taken = await db.write(
    'UPDATE live_ticket SET used_at = ? WHERE ticket_hash = ? AND used_at IS NULL AND expires_at > ?',
    [now, hash, now],
  );
  if (taken === 0) return null;
  const [row] = await db.query<{ session_id: string }>('SELECT session_id FROM live_ticket WHERE ticket_hash = ?', [
    hash,
  ]);
  return row?.session_id ?? null;
}
