import { Entity } from 'typeorm';
import type { FlagGround, FlagSource, HouseholdFlagName } from '@sandan/shared/households/household.words';
import type { LinkReason, VisitResult } from '@sandan/shared/households/visit.words';
import { Code, Day, Flag, Id, Int, OptionalRef, Ref, SealedWords, Time } from '../../foundation/database/columns';

@Entity('household')
export class Household {
  @Id() id!: string;
  /** The small grid it lives in. */
  @Ref('grid_id') gridId!: string;
  /** 户号, as the county's roster has it. */
  @Code('code', 40, true) code!: string | null;
  @SealedWords('household.door') door!: string | null;
  @OptionalRef('head_person_id') headPersonId!: string | null;
  /** 党员中心户 */
  @Flag('is_hub') isHub!: number;
  /** Who keeps it open for the neighbours. */
  @OptionalRef('hub_keeper_id') hubKeeperId!: string | null;
  /** Merged into another one, or nobody is left. */
  @Time('closed_at', true) closedAt!: Date | null;
}

/** 联户: a member and the household he or she is linked to, from–to, and how the visits to it stand (大走访). */
@Entity('household_link')
export class HouseholdLink {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  @Ref('member_id') memberId!: string;
  @Time('starts_at') startsAt!: Date;
  @Time('ends_at', true) endsAt!: Date | null;
  @Code('reason', 20, true) reason!: LinkReason | null;
  @OptionalRef('made_by_id') madeById!: string | null;
  /** The act that made it, and the one that ended it. */
  @OptionalRef('made_in') madeIn!: string | null;
  @Code('end_reason', 20, true) endReason!: LinkReason | null;
  @OptionalRef('ended_by_id') endedById!: string | null;
  @OptionalRef('ended_in') endedIn!: string | null;
  /** Looks after it as long as the member is away. */
  @OptionalRef('stand_in_id') standInId!: string | null;
  /** The last visit that counts (见到人, 打电话, 不方便接待), whoever made it. */
  @Time('last_visit_at', true) lastVisitAt!: Date | null;
  @Code('last_visit_result', 20, true) lastVisitResult!: VisitResult | null;
  /** The last time nobody was at home, and how often since the last visit. */
  @Time('last_tried_at', true) lastTriedAt!: Date | null;
  @Int('tries') tries!: number;
  /** Left out: the end of the month after it began; the database keeps `due_on` accordingly. */
  @Day('next_due_on', true) nextDueOn!: string | null;
}

/** 特殊情况 of a household or of one person in it (domain.md §12.8): seen by need only, checked again every year. */
@Entity('household_flag')
export class HouseholdFlag {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  @OptionalRef('person_id') personId!: string | null;
  @SealedWords('householdFlag.flag') flag!: HouseholdFlagName;
  @Code('source', 20) source!: FlagSource;
  /** Sensitive ones need consent of their own, or a ground in law. */
  @Code('ground', 20, true) ground!: FlagGround | null;
  @Day('since') since!: string;
  @Day('checked_until') checkedUntil!: string;
  @OptionalRef('added_by_id') addedById!: string | null;
  @Time('added_at') addedAt!: Date;
  @Time('ended_at', true) endedAt!: Date | null;
}
