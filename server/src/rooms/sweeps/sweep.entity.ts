import { Entity } from 'typeorm';
import type { Stage } from '@sandan/shared/lifecycle';
import type { Question } from '@sandan/shared/sweeps/sweep-form';
import type { SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import type {
  PersonStanding,
  SelectionKind,
  SweepKind,
  TargetState,
  VisitResult,
} from '@sandan/shared/sweeps/sweep.words';
import {
  Binary,
  Code,
  CodeId,
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

/** 安置点 */
export interface Shelter {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly capacity: number;
  readonly keeper?: string | undefined;
  readonly dutyPhone?: string | undefined;
}

/** 入户排查, 转移安置点名. The form and the places are frozen when it starts. */
@Entity('sweep')
export class Sweep {
  @Id() id!: string;
  @Code('kind', 10) kind!: SweepKind;
  @Words('title', 40) title!: string;
  @Words('purpose', 200) purpose!: string;
  @Words('ordered_by', 40) orderedBy!: string;
  @Ref('grid_id') gridId!: string;
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  @Code('state', 20) state!: SweepState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;
  @Code('selected_by', 10) selectedBy!: SelectionKind;
  /** Comma between; which flags were asked for tells of every household on the list. */
  @SealedWords('sweep.flags') flags!: string | null;
  /** Households by name of a list; empty for the other ways. */
  @Json('listed') listed!: readonly string[];
  @Flag('names_people') namesPeople!: number;
  @Json('questions') questions!: readonly Question[];
  @Json('places') places!: readonly Shelter[];
  @Time('deadline') deadline!: Date;
  @Ref('set_by_id') setById!: string;
  @Time('set_at') setAt!: Date;
  @Time('started_at', true) startedAt!: Date | null;
  @Time('closed_at', true) closedAt!: Date | null;
  @Binary('fingerprint', 32) fingerprint!: Buffer;
  /** 内容检查 of title, purpose and who ordered it. */
  @Flag('held') held!: number;
}

/** A household of a sweep, and how it stands by the visits there were. */
@Entity('sweep_target')
export class SweepTarget {
  @Id() id!: string;
  @Ref('sweep_id') sweepId!: string;
  @Ref('household_id') householdId!: string;
  @Ref('grid_id') gridId!: string;
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  /** By the roster, on the day it started. */
  @Int('people') people!: number;
  @OptionalRef('holder_id') holderId!: string | null;
  /** Whoever had it before: his phone may still hold a visit. */
  @OptionalRef('former_holder_id') formerHolderId!: string | null;
  @Code('state', 10) state!: TargetState;
  @Int('tries') tries!: number;
  @OptionalRef('visit_id') visitId!: string | null;
  @Time('visited_at', true) visitedAt!: Date | null;
  @Flag('late') late!: number;
  @Int('people_met') peopleMet!: number;
  @Int('findings') findings!: number;
  @Flag('additions') additions!: number;
  @Int('orders') orders!: number;
  @Int('version') version!: number;
}

@Entity('sweep_visit')
export class SweepVisit {
  /** The caller's: a phone may send it again. */
  @Id() id!: string;
  @Ref('sweep_id') sweepId!: string;
  @Ref('target_id') targetId!: string;
  @Ref('by_id') byId!: string;
  @Code('result', 10) result!: VisitResult;
  /** By the phone, held between the start and the moment it arrived. */
  @Time('visited_at') visitedAt!: Date;
  @Time('recorded_at') recordedAt!: Date;
  /** Arrived after the deadline. */
  @Flag('late') late!: number;
  @Int('people_met', true) peopleMet!: number | null;
  @Int('findings') findings!: number;
  @Flag('additions') additions!: number;
  /** {@link Said} as JSON. */
  @SealedWords('sweepVisit.said') said!: string | null;
  @Binary('fingerprint', 32) fingerprint!: Buffer;
}

/** 点名: where one person is. */
@Entity('sweep_person')
export class SweepPerson {
  @Id('target_id') targetId!: string;
  @Id('person_id') personId!: string;
  @Ref('sweep_id') sweepId!: string;
  @Code('standing', 10) standing!: PersonStanding;
  @OptionalRef('place_id') placeId!: string | null;
  @Ref('visit_id') visitId!: string;
  @Ref('by_id') byId!: string;
  @Time('visited_at') visitedAt!: Date;
}

/** 发现的问题成了单子. */
@Entity('sweep_order')
export class SweepOrder {
  @Id('order_id') orderId!: string;
  @Ref('target_id') targetId!: string;
  @Ref('sweep_id') sweepId!: string;
  /** The finding it mends. */
  @Code('question_id', 20, true) questionId!: string | null;
  @Ref('by_id') byId!: string;
  @Time('at') at!: Date;
}

/** 提醒: one a day for each holder who is behind. */
@Entity('sweep_reminder')
export class SweepReminder {
  @Id('sweep_id') sweepId!: string;
  @Id('holder_id') holderId!: string;
  /** In China. */
  @CodeId('day', 10) day!: string;
  @Int('missing') missing!: number;
  /** The press that reminded him. */
  @Ref('event_id') eventId!: string;
}
