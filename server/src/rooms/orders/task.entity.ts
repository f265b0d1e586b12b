import { Entity } from 'typeorm';
import type { Stage } from '@sandan/shared/lifecycle';
import type { NoPhotoReason, Outcome, Skill, TaskMode, Urgency } from '@sandan/shared/orders/order.words';
import type { SeatState, TaskState } from '@sandan/shared/orders/task.lifecycle';
import { Code, Flag, Id, Int, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 任务. A team is one row with a counter of seats; an open task is a team of one (decisions.md §1.3). */
@Entity('task')
export class Task {
  @Id() id!: string;
  @Ref('order_id') orderId!: string;
  @Code('mode', 10) mode!: TaskMode;
  @Code('state', 10) state!: TaskState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;
  @Int('round') round!: number;
  @Flag('required') required!: number;
  /** A returned or expired task that the desk replaced or waived. */
  @Flag('replaced') replaced!: number;
  @Flag('overturned') overturned!: number;
  @Flag('on_the_spot') onTheSpot!: number;

  @Code('urgency', 10) urgency!: Urgency;
  @Flag('confidential') confidential!: number;
  @Words('note', 500, true) note!: string | null;
  @Code('skill', 30, true) skill!: Skill | null;
  @Flag('party_members_only') partyMembersOnly!: number;
  @Int('places') places!: number;
  @Int('min_places') minPlaces!: number;
  @Int('taken') taken!: number;
  @Ref('scope_grid_id') scopeGridId!: string;
  @OptionalRef('scope_county_id') scopeCountyId!: string | null;
  @OptionalRef('scope_town_id') scopeTownId!: string | null;
  @OptionalRef('scope_village_id') scopeVillageId!: string | null;
  @OptionalRef('scope_group_id') scopeGroupId!: string | null;
  @OptionalRef('assignee_id') assigneeId!: string | null;
  /** Who leads: the single holder, or the first of a team. */
  @OptionalRef('lead_id') leadId!: string | null;
  /** A hand-over that waits for the receiver's yes. */
  @OptionalRef('receiver_id') receiverId!: string | null;
  @Int('give_backs') giveBacks!: number;
  @Int('extensions') extensions!: number;
  @Int('fallback_step') fallbackStep!: number;

  @Words('unit', 40, true) unit!: string | null;
  @Words('unit_contact', 40, true) unitContact!: string | null;
  @Words('letter_number', 40, true) letterNumber!: string | null;
  @Code('due_on', 10, true) dueOn!: string | null;
  @OptionalRef('keeper_id') keeperId!: string | null;
  @Words('answer', 500, true) answer!: string | null;

  @Code('outcome', 20, true) outcome!: Outcome | null;
  @Words('words', 500, true) words!: string | null;
  @Code('no_photo_reason', 20, true) noPhotoReason!: NoPhotoReason | null;
  @Words('link', 80, true) link!: string | null;
  @Code('link_on', 10, true) linkOn!: string | null;

  @Ref('offered_by_id') offeredById!: string;
  @Time('offered_at') offeredAt!: Date;
  @Time('contacted_at', true) contactedAt!: Date | null;
  @Time('claimed_at', true) claimedAt!: Date | null;
  @Time('promised_at', true) promisedAt!: Date | null;
  @Time('reported_at', true) reportedAt!: Date | null;
}

/** One person's part in a task; unique by (task, person), so nobody sits twice. */
@Entity('task_claim')
export class TaskClaim {
  @Id('task_id') taskId!: string;
  @Id('person_id') personId!: string;
  @Ref('order_id') orderId!: string;
  @Code('state', 15) state!: SeatState;
  @Time('promised_at', true) promisedAt!: Date | null;
  @Time('at') at!: Date;
  @Time('ended_at', true) endedAt!: Date | null;
  @Int('tries') tries!: number;
  @Code('reason', 30, true) reason!: string | null;
  /** 换届: asked whether he goes on with it, and has not answered; and the post whose end was the reason. */
  @Time('asked_at', true) askedAt!: Date | null;
  @OptionalRef('asked_in') askedIn!: string | null;
}
