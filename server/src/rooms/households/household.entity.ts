import { Entity } from 'typeorm';
import type { FlagGround, FlagSource, HouseholdFlagName } from '@sandan/shared/households/household.words';
import { Code, Day, Flag, Id, OptionalRef, Ref, SealedWords, Time } from '../../foundation/database/columns';

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
  /** Merged into another one, or nobody is left. */
  @Time('closed_at', true) closedAt!: Date | null;
}

/** 联户: a member and the household he or she is linked to, from–to. */
@Entity('household_link')
export class HouseholdLink {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  @Ref('member_id') memberId!: string;
  @Time('starts_at') startsAt!: Date;
  @Time('ends_at', true) endsAt!: Date | null;
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
