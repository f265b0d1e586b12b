import { Entity } from 'typeorm';
import type { ComplaintReason } from '@sandan/shared/reviews/review.words';
import { Code, Id, Ref, Time, Words } from '../../foundation/database/columns';

/** 投诉 of something that others wrote: once per person and thing. Who complained is told to nobody. */
@Entity('content_complaint')
export class Complaint {
  @Id() id!: string;
  @Ref('check_id') checkId!: string;
  @Ref('person_id') personId!: string;
  @Code('reason', 20) reason!: ComplaintReason;
  @Words('words', 200, true) words!: string | null;
  @Time('at') at!: Date;
  @Code('outcome', 10, true) outcome!: 'upheld' | 'dismissed' | null;
  @Time('decided_at', true) decidedAt!: Date | null;
}
