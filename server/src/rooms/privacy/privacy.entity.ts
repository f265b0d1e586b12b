import { Column, Entity } from 'typeorm';
import type {
  ClosingReason,
  ConsentPurpose,
  CorrectionField,
  NoticeSection,
} from '@sandan/shared/privacy/privacy.words';
import {
  Code,
  Flag,
  Id,
  Int,
  Json,
  OptionalRef,
  Ref,
  SealedWords,
  Time,
  Words,
} from '../../foundation/database/columns';

/** 隐私告知: one version. Never changed; a new one follows. */
@Entity('privacy_notice')
export class PrivacyNotice {
  @Id() id!: string;
  @Int('version') version!: number;
  @Json('sections') sections!: readonly NoticeSection[];
  /** What is new in it, in plain words. */
  @Words('summary', 300) summary!: string;
  @Time('effective_at') effectiveAt!: Date;
  @OptionalRef('published_by_id') publishedById!: string | null;
  @Time('published_at') publishedAt!: Date;
}

/** One yes or no. The latest of a purpose counts; the older ones prove what held before. */
@Entity('consent')
export class Consent {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Int('notice_version') noticeVersion!: number;
  @Code('purpose', 30) purpose!: ConsentPurpose;
  @Flag('given') given!: number;
  /** The channel of the session it was said in. */
  @Code('channel', 20) channel!: 'wechat' | 'demo' | 'desktop';
  /** The person, or the guardian of a child. */
  @Ref('by_id') byId!: string;
  @Time('at') at!: Date;
}

/** 更正: what somebody says is wrong about them in the roster. */
@Entity('correction')
export class Correction {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Ref('asked_by_id') askedById!: string;
  /** Where the person lives: whose desk decides. */
  @OptionalRef('grid_id') gridId!: string | null;
  @Code('field', 20) field!: CorrectionField;
  @SealedWords('correction.before') before!: string | null;
  @SealedWords('correction.after') after!: string | null;
  @Words('words', 200, true) words!: string | null;
  @Code('state', 10) state!: 'asked' | 'applied' | 'refused';
  @Time('asked_at') askedAt!: Date;
  @OptionalRef('decided_by_id') decidedById!: string | null;
  @Words('answer', 200, true) answer!: string | null;
  @Time('decided_at', true) decidedAt!: Date | null;
}

/** 注销: asked for, thought over, done or taken back. */
@Entity('account_closing')
export class AccountClosing {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Code('reason', 20) reason!: ClosingReason;
  /** The written request, as the administrator notes it. */
  @Words('words', 200, true) words!: string | null;
  @Ref('asked_by_id') askedById!: string;
  @Time('asked_at') askedAt!: Date;
  @Time('due_at') dueAt!: Date;
  /** `held`: something came into their hands meanwhile; looked at again every day. */
  @Code('state', 10) state!: 'waiting' | 'erasing' | 'erased' | 'withdrawn' | 'held';
  /** 1 while it is not over, then null: one at a time. */
  @Column({ name: 'is_open', type: 'tinyint', nullable: true }) isOpen!: number | null;
  @Time('ended_at', true) endedAt!: Date | null;
  /** When the erasure was put on the list beside the backups (erasure-list.ts). */
  @Time('listed_at', true) listedAt!: Date | null;
}
