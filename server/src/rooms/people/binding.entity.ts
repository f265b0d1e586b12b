import { Entity } from 'typeorm';
import type { Stage } from '@sandan/shared/lifecycle';
import type { BindingState } from '@sandan/shared/people/binding.lifecycle';
import type { allBindingProofs, BindingKind } from '@sandan/shared/people/binding.words';
import { Code, Id, Int, OptionalRef, Ref, SealedWords, Time, Words } from '../../foundation/database/columns';

/** A newcomer says who he is; somebody who knows the households looks. */
@Entity('binding_request')
export class BindingRequest {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  /** The person while it is open: nobody has two. */
  @OptionalRef('waiting_id') waitingId!: string | null;
  @Code('kind', 20) kind!: BindingKind;
  @Code('state', 20) state!: BindingState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;
  @Ref('grid_id') gridId!: string;
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  /** The grid above the person's highest post: who holds it says the second yes. */
  @OptionalRef('above_county_id') aboveCountyId!: string | null;
  @OptionalRef('above_town_id') aboveTownId!: string | null;
  @OptionalRef('above_village_id') aboveVillageId!: string | null;
  @OptionalRef('above_group_id') aboveGroupId!: string | null;
  @OptionalRef('household_id') householdId!: string | null;
  @OptionalRef('target_id') targetId!: string | null;
  @Words('said_head', 40, true) saidHead!: string | null;
  @SealedWords('bindingRequest.door') door!: string | null;
  @Code('proof', 20, true) proof!: keyof typeof allBindingProofs | null;
  @OptionalRef('confirmed_by_id') confirmedById!: string | null;
  @Words('confirmed_by', 40, true) confirmedBy!: string | null;
  /** 家里人说不认识: who of the house, and when. */
  @OptionalRef('doubted_by_id') doubtedById!: string | null;
  @Time('doubted_at', true) doubtedAt!: Date | null;
  @Words('decision', 200, true) decision!: string | null;
  @Time('asked_at') askedAt!: Date;
  @Time('decided_at', true) decidedAt!: Date | null;
}
