import { Entity } from 'typeorm';
import type { FaultKind } from '@sandan/shared/orders/order.words';
import { Code, Id, Int, Json, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** A seeded random draw: seed, rule and list are kept, and it cannot be drawn again (domain.md §11). */
@Entity('inspection_draw')
export class InspectionDraw {
  @Id() id!: string;
  @Ref('grid_id') gridId!: string;
  @Code('month', 7) month!: string;
  @Code('seed', 64) seed!: string;
  @Json('rule') rule!: { percent: number; doubled: string[]; always: string[] };
  @Int('population') population!: number;
  @Ref('drawn_by_id') drawnById!: string;
  @Time('drawn_at') drawnAt!: Date;
}

@Entity('inspection_item')
export class InspectionItem {
  @Id('draw_id') drawId!: string;
  @Id('order_id') orderId!: string;
  /** sampled, selfHandled, unanswered, reusedPhoto, outOfReview */
  @Code('why', 20) why!: string;
  @Code('result', 10, true) result!: 'pass' | 'fault' | 'redo' | null;
  @Code('fault', 30, true) fault!: FaultKind | null;
  @Words('words', 500, true) words!: string | null;
  @OptionalRef('inspector_id') inspectorId!: string | null;
  @Time('inspected_at', true) inspectedAt!: Date | null;
  @Words('appeal', 500, true) appeal!: string | null;
  @OptionalRef('appealed_by_id') appealedById!: string | null;
  @Time('appealed_at', true) appealedAt!: Date | null;
  @Int('appeal_upheld', true) appealUpheld!: number | null;
}
