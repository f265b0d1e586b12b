import { Column, Entity } from 'typeorm';
import type { CheckState, HideReason } from '@sandan/shared/reviews/review.words';
import { Code, CodeId, Flag, Id, Int, OptionalRef, Ref, Time } from '../database/columns';
import type { CheckedName } from './checked-fields';
import type { CheckVerdict } from './verdict';

/** One thing that others will see, and how far its judging has come. The words themselves stand in the thing's own row. */
@Entity('content_check')
export class ContentCheck {
  @Id() id!: string;
  @Code('field', 20) field!: CheckedName;
  @Ref('thing_id') thingId!: string;
  @Ref('author_id') authorId!: string;
  /** What it belongs to, and what its page opens. */
  @Code('root', 10) root!: 'order' | 'commitment' | 'activity' | 'showcase' | 'sweep' | 'person';
  @Ref('root_id') rootId!: string;
  /** Whose desk looks at it. */
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  @Code('state', 10) state!: CheckState;
  /** 1: others do not see it now. */
  @Flag('held') held!: number;
  /** 1 while it waits for a person; then null. */
  @Column({ name: 'at_desk', type: 'tinyint', nullable: true }) atDesk!: number | null;
  /** 1: passed, and drawn for a person to look at (抽查). */
  @Flag('sampled') sampled!: number;
  /** WeChat's number of what it found (wechat.md §6.1). */
  @Int('label', true) label!: number | null;
  /** Of the last time WeChat was asked. */
  @Code('trace_id', 64, true) traceId!: string | null;
  @Int('tries') tries!: number;
  /** Of a picture or a sound: since when its verdict is awaited. */
  @Time('asked_at', true) askedAt!: Date | null;
  /** When the worker looks again; null: not any more. */
  @Time('next_at', true) nextAt!: Date | null;
  @Time('leased_until', true) leasedUntil!: Date | null;
  @Time('created_at') createdAt!: Date;
  @OptionalRef('decided_by_id') decidedById!: string | null;
  @Time('decided_at', true) decidedAt!: Date | null;
  @Code('reason', 20, true) reason!: HideReason | null;
  @Int('version') version!: number;
}

/**
 * Where the push of a picture's verdict and our own note of its trace id meet, whichever is first: both write this row, so
 * the second one waits for the first and sees both (wechat.md §6.2).
 */
@Entity('media_verdict')
export class MediaVerdict {
  @CodeId('trace_id', 64) traceId!: string;
  @OptionalRef('check_id') checkId!: string | null;
  @Code('verdict', 10, true) verdict!: CheckVerdict | 'unfetched' | null;
  @Int('label', true) label!: number | null;
  @Time('at') at!: Date;
}
