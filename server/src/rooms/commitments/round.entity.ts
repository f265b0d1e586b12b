import { Entity } from 'typeorm';
import type { CommitmentKind, ExemptionReason } from '@sandan/shared/commitments/commitment.words';
import type { RoundState } from '@sandan/shared/commitments/round.lifecycle';
import type { Stage } from '@sandan/shared/lifecycle';
import { Code, CodeId, Day, Id, Int, Json, Ref, Time, Words } from '../../foundation/database/columns';

/** 承诺年度 of a town (domain.md §5.1). */
@Entity('commitment_round')
export class Round {
  @Id() id!: string;
  /** The town's committee. */
  @Ref('organization_id') organizationId!: string;
  @Ref('town_id') townId!: string;
  @Int('year') year!: number;
  @Code('state', 20) state!: RoundState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;
  @Json('minima') minima!: Readonly<Record<CommitmentKind, number>>;
  @Json('ranks') ranks!: readonly OrganizationRank[];
  @Day('drafts_until') draftsUntil!: string;
  @Day('reviews_until') reviewsUntil!: string;
  @Day('ends_on') endsOn!: string;
  @Ref('opened_by_id') openedById!: string;
  @Time('opened_at') openedAt!: Date;
}

export type OrganizationRank = 'committee' | 'generalBranch' | 'branch' | 'cell';

/** Who owes deeds this year, and how many: fixed when drafting starts, later only by exempting and including. */
@Entity('commitment_debtor')
export class Debtor {
  @Id('round_id') roundId!: string;
  @Id('debtor_id') debtorId!: string;
  @Code('kind', 15) kind!: 'organization' | 'person';
  /** Itself, or the branch of the member. */
  @Ref('organization_id') organizationId!: string;
  @Words('name', 60) name!: string;
  @Json('owed') owed!: Partial<Record<CommitmentKind, number>>;
  @Int('from_month', true) fromMonth!: number | null;
  @Code('exempt', 20, true) exempt!: ExemptionReason | null;
  @Words('exempt_words', 200, true) exemptWords!: string | null;
}

/** 提醒: one a day for each who owes. */
@Entity('commitment_reminder')
export class Reminder {
  @Id('round_id') roundId!: string;
  @Id('debtor_id') debtorId!: string;
  /** In China. */
  @CodeId('day', 10) day!: string;
  @Code('kind', 15) kind!: Debtor['kind'];
  /** How many he had still to hand in. */
  @Int('missing') missing!: number;
  /** The press that reminded him. */
  @Ref('event_id') eventId!: string;
}
