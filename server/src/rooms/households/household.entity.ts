import { Entity } from 'typeorm';
import { Flag, Id, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

@Entity('household')
export class Household {
  @Id() id!: string;
  /** The small grid it lives in. */
  @Ref('grid_id') gridId!: string;
  @Words('door', 60, true) door!: string | null;
  @OptionalRef('head_person_id') headPersonId!: string | null;
  /** 党员中心户 */
  @Flag('is_hub') isHub!: number;
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
