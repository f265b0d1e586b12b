import { Entity } from 'typeorm';
import { Code, CodeId, Double, Id, Int, OptionalRef, Ref, Time, Words } from '../database/columns';

/**
 * A clock that runs on a thing, and the worker's alarm for it, in one row: unique by (thing, kind). `dueAt` is what the
 * village sees; `nextAt` is when a worker looks next (a reminder at half time, the due moment, then daily).
 */
@Entity('due_work')
export class DueWork {
  @Id('thing_id') thingId!: string;
  @CodeId('kind', 30) kind!: string;
  @Ref('aggregate_id') aggregateId!: string;
  @OptionalRef('town_id') townId!: string | null;
  /** always | daytime | working: how its minutes are counted. */
  @Code('clock', 10) clock!: string;
  @Double('limit_minutes') limitMinutes!: number;
  @Double('used_minutes') usedMinutes!: number;
  /** Null while paused. */
  @Time('running_since', true) runningSince!: Date | null;
  @Time('due_at', true) dueAt!: Date | null;
  @Time('next_at', true) nextAt!: Date | null;
  /** How many times the alarm has rung. */
  @Int('rung') rung!: number;
  @Time('leased_until', true) leasedUntil!: Date | null;
  @Int('attempts') attempts!: number;
  @Words('error', 500, true) error!: string | null;
}
