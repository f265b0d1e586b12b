import { Entity } from 'typeorm';
import { Code, Flag, Id, Int, Json, OptionalRef, Ref, Time, Words } from '../database/columns';

/**
 * One row per action: the history a person reads and, at the same time, the event other rooms react to. Its id is the
 * caller's actionId, so a repeat finds it (decisions.md §1.6). `seq` orders the rows of one aggregate, whose writers the
 * root's version serialises. A worker fans the row out into `outbox_delivery`, one per reaction: that costs the writer
 * no round trip and no knowledge of who listens.
 */
@Entity('history')
export class History {
  @Id() id!: string;
  /** order, task … : the thing that moved. */
  @Code('thing', 20) thing!: string;
  @Ref('thing_id') thingId!: string;
  /** The root it belongs to: the order of a task. */
  @Ref('aggregate_id') aggregateId!: string;
  @Int('seq') seq!: number;
  /** The town whose clock and worker it belongs to. */
  @OptionalRef('town_id') townId!: string | null;
  @Code('action', 40) action!: string;
  @OptionalRef('actor_id') actorId!: string | null;
  @Words('actor_name', 40) actorName!: string;
  @Code('actor_role', 30) actorRole!: string;
  @OptionalRef('on_behalf_id') onBehalfId!: string | null;
  @Time('at') at!: Date;
  @Code('from_state', 30, true) fromState!: string | null;
  @Code('to_state', 30, true) toState!: string | null;
  @Words('words', 1000, true) words!: string | null;
  @Json('facts', true) facts!: HistoryFacts | null;
  /** 内容检查: 0 for whoever reads the history; else its words are hidden from others. */
  @Flag('held') held!: number;
  @Time('fanned_out_at', true) fannedOutAt!: Date | null;
}

/** Plain facts beside the words: codes and ids, no names and no phones. */
export type HistoryFacts = Record<string, string | number | boolean | null | string[]>;

@Entity('outbox_delivery')
export class OutboxDelivery {
  @Id('event_id') eventId!: string;
  @Code('reaction', 40) reaction!: string;
  @Ref('aggregate_id') aggregateId!: string;
  @Int('seq') seq!: number;
  @OptionalRef('town_id') townId!: string | null;
  @Int('attempts') attempts!: number;
  @Time('next_at') nextAt!: Date;
  @Time('leased_until', true) leasedUntil!: Date | null;
  @Time('done_at', true) doneAt!: Date | null;
  @Time('parked_at', true) parkedAt!: Date | null;
  @Words('error', 500, true) error!: string | null;
}
