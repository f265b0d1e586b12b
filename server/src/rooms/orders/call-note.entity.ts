import type { CallReason } from '@sandan/shared/calls/call.words';
import { Entity } from 'typeorm';
import { Code, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 电话通知单: one call about one event of an order. Whether it is still to be made follows from the order, too. */
@Entity('call_note')
export class CallNote {
  @Id() id!: string;
  @Ref('order_id') orderId!: string;
  @Ref('event_id') eventId!: string;
  @Code('reason', 10) reason!: CallReason;
  /** `visit`: rung three times in vain. */
  @Code('state', 10) state!: 'waiting' | 'visit' | 'reached' | 'unneeded';
  @Time('since') since!: Date;
  /** Not on the list before. */
  @Time('next_at') nextAt!: Date;
  @Int('tries') tries!: number;
  @Time('settled_at', true) settledAt!: Date | null;
  @OptionalRef('settled_by_id') settledById!: string | null;
  @Words('words', 200, true) words!: string | null;
}
