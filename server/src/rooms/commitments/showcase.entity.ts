import { Entity } from 'typeorm';
import type { Criterion, Place } from '@sandan/shared/commitments/showcase-result';
import type { ShowcaseState } from '@sandan/shared/commitments/showcase.lifecycle';
import type { Stage } from '@sandan/shared/lifecycle';
import {
  Binary,
  Code,
  Day,
  Flag,
  Id,
  Int,
  Json,
  OptionalRef,
  Ref,
  Time,
  Words,
} from '../../foundation/database/columns';

/** 打擂比武 of a town at the end of its year. */
@Entity('showcase')
export class Showcase {
  @Id() id!: string;
  @Ref('round_id') roundId!: string;
  /** The town's committee. */
  @Ref('organization_id') organizationId!: string;
  @Ref('town_id') townId!: string;
  @Words('title', 40) title!: string;
  @Day('held_on') heldOn!: string;
  @Code('state', 20) state!: ShowcaseState;
  @Code('stage', 10) stage!: Stage;
  @Int('version') version!: number;
  @Json('criteria') criteria!: readonly Criterion[];
  @Int('resident_share') residentShare!: number;
  /** Written at the end of scoring and frozen by the signature. */
  @Json('results', true) results!: readonly Place[] | null;
  @Ref('set_by_id') setById!: string;
  @Time('set_at') setAt!: Date;
  @OptionalRef('finished_by_id') finishedById!: string | null;
  @OptionalRef('signed_by_id') signedById!: string | null;
  @Words('signed_by', 40, true) signedBy!: string | null;
  @Time('signed_at', true) signedAt!: Date | null;
  @Binary('fingerprint', 32) fingerprint!: Buffer;
  /** 内容检查 of title and criteria. */
  @Flag('held') held!: number;
}

@Entity('showcase_contestant')
export class ShowcaseContestant {
  @Id('showcase_id') showcaseId!: string;
  @Id('organization_id') organizationId!: string;
  @Int('position') position!: number;
}

@Entity('showcase_judge')
export class ShowcaseJudge {
  @Id('showcase_id') showcaseId!: string;
  @Id('person_id') personId!: string;
}

@Entity('showcase_score')
export class ShowcaseScore {
  @Id('showcase_id') showcaseId!: string;
  @Id('judge_id') judgeId!: string;
  @Id('organization_id') organizationId!: string;
  @Json('marks') marks!: readonly number[];
  @Time('at') at!: Date;
}
