import { Entity } from 'typeorm';
import type {
  CareState,
  ConsentWay,
  HouseholdEventKind,
  kinships,
} from '@sandan/shared/households/household-events.words';
import { Code, Day, Id, Int, OptionalRef, Ref, Time } from '../../foundation/database/columns';

/** 照看: somebody away who sees and orders for the household of the parents; both sides may end it. */
@Entity('care_relation')
export class CareRelation {
  @Id() id!: string;
  @Ref('carer_id') carerId!: string;
  @Ref('household_id') householdId!: string;
  @Code('state', 10) state!: CareState;
  /** 1 while it is asked for or stands, then null: one at a time. */
  @Int('open_mark', true) openMark!: number | null;
  @Code('kinship', 20) kinship!: keyof typeof kinships;
  @OptionalRef('agreed_by_id') agreedById!: string | null;
  @OptionalRef('ended_by_id') endedById!: string | null;
  @Time('asked_at') askedAt!: Date;
  @Time('starts_at', true) startsAt!: Date | null;
  @Time('ends_at', true) endsAt!: Date | null;
}

/** 代办: a resident without a phone lets somebody order for him, from–to; revocable by the household. */
@Entity('proxy_consent')
export class ProxyConsent {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @OptionalRef('household_id') householdId!: string | null;
  @Ref('agent_id') agentId!: string;
  @Code('how', 20) how!: ConsentWay;
  @Day('starts_on') startsOn!: string;
  @Day('ends_on') endsOn!: string;
  @Ref('recorded_by_id') recordedById!: string;
  @Time('recorded_at') recordedAt!: Date;
  @OptionalRef('revoked_by_id') revokedById!: string | null;
  @Time('revoked_at', true) revokedAt!: Date | null;
}

/** What happened in a household, and on which day. */
@Entity('household_event')
export class HouseholdEvent {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  @OptionalRef('person_id') personId!: string | null;
  @Code('kind', 20) kind!: HouseholdEventKind;
  @Day('happened_on') happenedOn!: string;
  @OptionalRef('other_household_id') otherHouseholdId!: string | null;
  @Ref('by_id') byId!: string;
  @Time('at') at!: Date;
}
