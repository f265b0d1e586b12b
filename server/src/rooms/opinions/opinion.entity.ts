import type { OpinionKind } from '@sandan/shared/opinions/opinion.words';
import { Entity } from 'typeorm';
import { Code, Id, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** 投诉建议 about the app itself. */
@Entity('opinion')
export class Opinion {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Code('kind', 20) kind!: OpinionKind;
  @Words('words', 500) words!: string;
  @Time('at') at!: Date;
  @Words('answer', 500, true) answer!: string | null;
  @OptionalRef('answered_by_id') answeredById!: string | null;
  @Time('answered_at', true) answeredAt!: Date | null;
}
