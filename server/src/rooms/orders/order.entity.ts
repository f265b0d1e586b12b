import { Entity } from 'typeorm';
import type { Stage } from '@sandan/shared/lifecycle';
import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { Channel, OrderSource, Outcome, Urgency, Visibility } from '@sandan/shared/orders/order.words';
import {
  Binary,
  Code,
  Double,
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

/** 单: the facts of domain.md §3. `order` is a reserved word, so the table is `service_order`. */
@Entity('service_order')
export class Order {
  @Id() id!: string;
  @Code('state', 20) state!: OrderState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;

  @Code('source', 15) source!: OrderSource;
  @OptionalRef('requester_id') requesterId!: string | null;
  @OptionalRef('beneficiary_id') beneficiaryId!: string | null;
  @Words('beneficiary_name', 40, true) beneficiaryName!: string | null;
  /** The household it concerns: its members never handle, study or verify it. */
  @OptionalRef('household_id') householdId!: string | null;
  @Words('contact_name', 40, true) contactName!: string | null;
  @SealedWords('order.contactPhone') contactPhone!: string | null;
  @Words('best_time', 40, true) bestTime!: string | null;
  @Json('consent', true) consent!: { how: string; by: string; recordedById: string } | null;

  @Code('category_id', 30) categoryId!: string;
  @Code('urgency', 10) urgency!: Urgency;
  @Code('visibility', 15) visibility!: Visibility;
  /** The resident's words are never edited; title and summary are the desk's. */
  @Words('words', 500, true) words!: string | null;
  @Words('title', 40) title!: string;
  @Words('public_summary', 200, true) publicSummary!: string | null;
  /** 内容检查: whether others may read the words, and the village the summary (foundation/checks). */
  @Flag('words_held') wordsHeld!: number;
  @Flag('summary_held') summaryHeld!: number;
  @SealedWords('order.address') address!: string | null;
  @Double('lat', true) lat!: number | null;
  @Double('lng', true) lng!: number | null;

  /** Where it is: figures. */
  @Ref('place_grid_id') placeGridId!: string;
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  /** Who must act: `escalate` moves only this. */
  @Ref('desk_grid_id') deskGridId!: string;
  @OptionalRef('desk_county_id') deskCountyId!: string | null;
  @OptionalRef('desk_town_id') deskTownId!: string | null;
  @OptionalRef('desk_village_id') deskVillageId!: string | null;
  @OptionalRef('desk_group_id') deskGroupId!: string | null;
  @Code('desk_kind', 15) deskKind!: 'desk' | 'discipline';
  /** The named person of a confidential order, from its opening on. */
  @OptionalRef('desk_person_id') deskPersonId!: string | null;

  @Int('round') round!: number;
  @Int('reopens') reopens!: number;
  @Flag('ruled') ruled!: number;
  @Int('moves') moves!: number;
  @Int('asks') asks!: number;
  @Int('suspends') suspends!: number;
  @Flag('objected') objected!: number;
  @Flag('redirected') redirected!: number;
  @Int('me_toos') meToos!: number;
  @Int('reminders') reminders!: number;
  @Int('supervisions') supervisions!: number;
  /** Calls tried while asking or waiting for the answer (no silence closes without one where it is needed). */
  @Int('call_attempts') callAttempts!: number;
  @Words('question', 500, true) question!: string | null;
  @OptionalRef('primary_id') primaryId!: string | null;
  @OptionalRef('follows_id') followsId!: string | null;
  @Code('converted_to', 20, true) convertedTo!: Channel | null;
  @Words('converted_reference', 80, true) convertedReference!: string | null;

  @Code('outcome', 20, true) outcome!: Outcome | null;
  @Code('closed_how', 15, true) closedHow!: 'self' | 'callback' | 'silent' | 'review' | 'inspection' | null;
  @Flag('on_the_spot') onTheSpot!: number;
  @Flag('self_handled') selfHandled!: number;
  /** In a drawn sample that is not settled: not archived before it is. */
  @Flag('in_sample') inSample!: number;
  /** The deciding answers to the three questions. */
  @Int('answered_contacted', true) answeredContacted!: number | null;
  @Int('answered_solved', true) answeredSolved!: number | null;
  @Int('answered_stars', true) answeredStars!: number | null;
  /** First contact within its limit; null while nobody has tried. */
  @Int('contact_in_time', true) contactInTime!: number | null;

  /** The grids of the day of placing, kept when it moves with them; all null as long as they are its own. */
  @OptionalRef('placed_town_id') placedTownId!: string | null;
  @OptionalRef('placed_village_id') placedVillageId!: string | null;
  @OptionalRef('placed_group_id') placedGroupId!: string | null;

  @Binary('fingerprint', 32) fingerprint!: Buffer;
  @Time('placed_at') placedAt!: Date;
  @Time('accepted_at', true) acceptedAt!: Date | null;
  @Time('reported_at', true) reportedAt!: Date | null;
  @Time('closed_at', true) closedAt!: Date | null;
  @Time('resume_at', true) resumeAt!: Date | null;
  /** Due instant of the clock that runs now; null while none runs. */
  @Time('due_at', true) dueAt!: Date | null;
}

/** People beside the requester: those merged into it and those who said 我也是. */
@Entity('order_party')
export class OrderParty {
  @Id('order_id') orderId!: string;
  @Id('person_id') personId!: string;
  @Code('kind', 10) kind!: 'merged' | 'meToo';
  @OptionalRef('from_order_id') fromOrderId!: string | null;
  @Words('words', 500, true) words!: string | null;
  @Time('at') at!: Date;
}

/** Persons complained about: they never see, study, handle or verify it. */
@Entity('order_subject')
export class OrderSubject {
  @Id('order_id') orderId!: string;
  @Id('person_id') personId!: string;
}

@Entity('order_answer')
export class OrderAnswer {
  @Id() id!: string;
  @Ref('order_id') orderId!: string;
  @Int('round') round!: number;
  @OptionalRef('person_id') personId!: string | null;
  @Code('method', 10) method!: 'self' | 'callback';
  @OptionalRef('recorded_by_id') recordedById!: string | null;
  @Words('spoke_to', 40, true) spokeTo!: string | null;
  @Flag('contacted') contacted!: number;
  @Flag('solved') solved!: number;
  @Int('stars') stars!: number;
  @Words('words', 500, true) words!: string | null;
  @Flag('decides') decides!: number;
  @Time('at') at!: Date;
}

/** 催办 once a day is a unique key: order, person, day in China time. */
@Entity('order_reminder')
export class OrderReminder {
  @Id('order_id') orderId!: string;
  @Id('person_id') personId!: string;
  @Int('day') day!: number;
  @Time('at') at!: Date;
}

/** 督办 */
@Entity('supervision')
export class Supervision {
  @Id() id!: string;
  @Ref('order_id') orderId!: string;
  @Ref('by_id') byId!: string;
  @Words('by_name', 40) byName!: string;
  @Code('by_role', 30) byRole!: string;
  @Words('words', 500) words!: string;
  @Code('due_on', 10, true) dueOn!: string | null;
  @Time('at') at!: Date;
  @Time('answered_at', true) answeredAt!: Date | null;
}
