import { Entity } from 'typeorm';
import { Binary, Id, Ref, Time } from '../database/columns';

/** Opens a live socket once, at whichever web process it arrives. */
@Entity('live_ticket')
export class LiveTicket {
  /** The caller's action id. */
  @Id() id!: string;
  @Binary('ticket_hash', 32) ticketHash!: Buffer;
  @Ref('session_id') sessionId!: string;
  @Time('expires_at') expiresAt!: Date;
  @Time('used_at', true) usedAt!: Date | null;
}
