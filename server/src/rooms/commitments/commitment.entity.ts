import { Column, Entity } from 'typeorm';
import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type {
  ChangeKind,
  CommitmentField,
  CommitmentKind,
  CommitmentResult,
} from '@sandan/shared/commitments/commitment.words';
import type { Stage } from '@sandan/shared/lifecycle';
import {
  Binary,
  Code,
  Day,
  Double,
  Flag,
  Id,
  Int,
  IntId,
  Json,
  OptionalRef,
  Ref,
  Time,
  Words,
} from '../../foundation/database/columns';

/** What a promise says. Kept in the row as it stands, and once per version. */
export abstract class Content {
  @Words('title', 40) title!: string;
  @Words('words', 500) words!: string;
  @Code('field', 20) field!: CommitmentField;
  @Double('quantity', true) quantity!: number | null;
  @Words('unit', 10, true) unit!: string | null;
  @Ref('for_grid_id') forGridId!: string;
  @Words('for_words', 60, true) forWords!: string | null;
  @Day('deadline') deadline!: string;
  /** 分 */
  @Column({ name: 'money', type: 'bigint', nullable: true }) money!: number | null;
  @Words('money_source', 60, true) moneySource!: string | null;
}

@Entity('commitment')
export class Commitment extends Content {
  @Id() id!: string;
  @Ref('round_id') roundId!: string;
  @Code('kind', 20) kind!: CommitmentKind;
  @Code('state', 20) state!: CommitmentState;
  @Code('stage', 10) stage!: Stage;
  /** Of the row: what is decided on what was read. */
  @Int('version') version!: number;
  /** Of the words: what residents saw. */
  @Int('content_version') contentVersion!: number;
  /** Whose deed it is: the organisation, or the branch of the member on the day of publication. */
  @Ref('organization_id') organizationId!: string;
  @OptionalRef('person_id') personId!: string | null;
  @Ref('author_id') authorId!: string;
  @Ref('responsible_id') responsibleId!: string;
  /** 审诺, 验收: the branch for a member's deed, the level above for an organisation's and for a secretary's own. */
  @Ref('review_organization_id') reviewOrganizationId!: string;
  /** 异议: the level above the reviewer; where there is none, the reviewer's own with another person. */
  @Ref('dispute_organization_id') disputeOrganizationId!: string;
  /** The grid it is promised to. */
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  @Double('quantity_done') quantityDone!: number;
  @Int('percent') percent!: number;
  @Flag('partly') partly!: number;
  @Flag('carries_over') carriesOver!: number;
  @Flag('on_site') onSite!: number;
  @Words('late_reason', 200, true) lateReason!: string | null;
  @Day('mend_by', true) mendBy!: string | null;
  @Code('disputed_from', 20, true) disputedFrom!: 'delivered' | 'accepted' | null;
  @Code('corrects_to', 20, true) correctsTo!: CommitmentResult | null;
  @OptionalRef('corrected_by_id') correctedById!: string | null;
  @OptionalRef('accepted_by_id') acceptedById!: string | null;
  /** 内容检查: 2 where the desk has hidden the deed (foundation/checks). */
  @Flag('held') held!: number;
  @Int('raters') raters!: number;
  /** The sum of all stars. */
  @Int('stars') stars!: number;
  @Time('drafted_at') draftedAt!: Date;
  @Time('published_at', true) publishedAt!: Date | null;
  @Time('delivered_at', true) deliveredAt!: Date | null;
  @Time('accepted_at', true) acceptedAt!: Date | null;
  @Time('closed_at', true) closedAt!: Date | null;
  @Binary('fingerprint', 32) fingerprint!: Buffer;
}

@Entity('commitment_version')
export class CommitmentVersion extends Content {
  @Id('commitment_id') commitmentId!: string;
  @IntId('number') number!: number;
  @Ref('by_id') byId!: string;
  @Words('by_name', 40) byName!: string;
  @Time('at') at!: Date;
  @Words('reason', 500, true) reason!: string | null;
}

@Entity('commitment_helper')
export class CommitmentHelper {
  @Id('commitment_id') commitmentId!: string;
  @Id('person_id') personId!: string;
}

/** An order that grew out of the deed, or that the deed grew out of. */
@Entity('commitment_order')
export class CommitmentOrder {
  @Id('commitment_id') commitmentId!: string;
  @Id('order_id') orderId!: string;
  @Ref('by_id') byId!: string;
  @Time('at') at!: Date;
  /** Since when it stands in the quantity done, if it does. */
  @Time('counted_at', true) countedAt!: Date | null;
}

/** Something said by somebody and answered in public by somebody. */
abstract class Answered {
  @Words('answer', 500, true) answer!: string | null;
  @OptionalRef('answered_by_id') answeredById!: string | null;
  @Words('answered_by', 40, true) answeredBy!: string | null;
  @Time('answered_at', true) answeredAt!: Date | null;
}

@Entity('commitment_opinion')
export class CommitmentOpinion extends Answered {
  @Id() id!: string;
  @Ref('commitment_id') commitmentId!: string;
  @Ref('person_id') personId!: string;
  @Words('words', 500) words!: string;
  @Time('at') at!: Date;
  /** 1: not passed by the content check; hidden from others until somebody has looked at it. */
  @Flag('held') held!: number;
}

@Entity('commitment_dispute')
export class CommitmentDispute extends Answered {
  @Id() id!: string;
  @Ref('commitment_id') commitmentId!: string;
  @Ref('person_id') personId!: string;
  @Words('words', 500) words!: string;
  @Time('at') at!: Date;
  @Time('due_at') dueAt!: Date;
  /** 1 while it is open, then null: unique per person. */
  @Column({ name: 'is_open', type: 'tinyint', nullable: true }) isOpen!: number | null;
  @Column({ name: 'upheld', type: 'tinyint', nullable: true }) upheld!: number | null;
  /** 1: not passed by the content check; hidden from others until somebody has looked at it. */
  @Flag('held') held!: number;
}

@Entity('commitment_change')
export class CommitmentChange extends Answered {
  @Id() id!: string;
  @Ref('commitment_id') commitmentId!: string;
  @Code('kind', 15) kind!: ChangeKind;
  @Words('reason', 500) reason!: string;
  @Json('content', true) content!: Content | null;
  @Ref('by_id') byId!: string;
  @Words('by_name', 40) byName!: string;
  @Time('at') at!: Date;
  /** 1 while it waits, then null: one at a time. */
  @Column({ name: 'is_open', type: 'tinyint', nullable: true }) isOpen!: number | null;
  /** 1: its words have not passed the content check. */
  @Flag('held') held!: number;
  @Code('decision', 10, true) decision!: 'approved' | 'refused' | null;
}

@Entity('commitment_rating')
export class CommitmentRating {
  @Id('commitment_id') commitmentId!: string;
  @Id('person_id') personId!: string;
  @Int('stars') stars!: number;
  @Words('words', 500, true) words!: string | null;
  @Time('at') at!: Date;
  /** 1: not passed by the content check, hidden from others until somebody has looked at it; 2: looked at, stays hidden. */
  @Flag('held') held!: number;
}
