import { Entity } from 'typeorm';
import type { VisitNeed, VisitResult } from '@sandan/shared/households/visit.words';
import {
  Binary,
  Code,
  Day,
  Double,
  Id,
  Int,
  IntId,
  Json,
  OptionalRef,
  Ref,
  Time,
  Words,
} from '../../foundation/database/columns';

/** 走访: one per time somebody came, or called. */
@Entity('visit')
export class Visit {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  /** The small grid of the household on that day. */
  @Ref('grid_id') gridId!: string;
  @OptionalRef('town_id') townId!: string | null;
  /** Who came. */
  @Ref('member_id') memberId!: string;
  @Code('result', 20) result!: VisitResult;
  @Time('at') at!: Date;
  @Time('recorded_at') recordedAt!: Date;
  @OptionalRef('met_person_id') metPersonId!: string | null;
  @Words('met_words', 40, true) metWords!: string | null;
  @Words('words', 500, true) words!: string | null;
  @Json('needs') needs!: VisitNeed[];
  /** Never asked for; only what the author chose to give (GCJ-02). */
  @Double('lat', true) lat!: number | null;
  @Double('lng', true) lng!: number | null;
  @Binary('fingerprint', 32) fingerprint!: Buffer;
  @Int('changes') changes!: number;
}

/** What stood in a record before its author mended it. */
@Entity('visit_version')
export class VisitVersion {
  @Id('visit_id') visitId!: string;
  @IntId('number') number!: number;
  @Json('content') content!: object;
  @Time('until') until!: Date;
}

/** An order that came of a visit. */
@Entity('visit_order')
export class VisitOrder {
  @Id('order_id') orderId!: string;
  @Ref('visit_id') visitId!: string;
}

/** 群众要求换一位联系党员: no reason is asked for. */
@Entity('link_request')
export class LinkRequest {
  @Id() id!: string;
  @Ref('household_id') householdId!: string;
  @Ref('grid_id') gridId!: string;
  @Ref('member_id') memberId!: string;
  @Ref('person_id') personId!: string;
  @Words('words', 200, true) words!: string | null;
  @Time('at') at!: Date;
  @Time('settled_at', true) settledAt!: Date | null;
  @OptionalRef('settled_by_id') settledById!: string | null;
  /** Null: nothing was changed, and the answer says why. */
  @OptionalRef('new_member_id') newMemberId!: string | null;
  @Words('answer', 200, true) answer!: string | null;
}

/** Who was reminded of overdue visits on which day: the key is the rule. */
@Entity('visit_reminder')
export class VisitReminder {
  @Id('member_id') memberId!: string;
  @Day('day') day!: string;
  @Int('overdue') overdue!: number;
  @Ref('event_id') eventId!: string;
}

/** Per town, with the defaults standing in code when there is no row. */
@Entity('visit_setting')
export class VisitSetting {
  @Id('town_id') townId!: string;
  @Json('value') value!: object;
}
