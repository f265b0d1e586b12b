import { Column, Entity } from 'typeorm';
import type { PostTree } from '@sandan/shared/access/posts';
import type { HandoverKind, HandoverState } from '@sandan/shared/posts/handover.words';
import { Code, Id, Json, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** What was planned: who follows whom, on which terms. */
export interface HandoverPlan {
  until: string | null;
  openReason: string | null;
  moveLinks: boolean;
  posts: { postId: string; successorId: string | null }[];
}

/** One row that was changed, exactly: undoing puts `before` back where `after` still stands. A new row has no `before`. */
export interface ChangedRow {
  table: 'role_grant' | 'service_order' | 'commitment';
  id: string;
  column: string;
  before: string | null;
  after: string | null;
}

/** What was done, and what was left out with the reason. */
export interface HandoverDone {
  changed: ChangedRow[];
  added: { table: 'role_grant'; id: string }[];
  left: string[];
  /** 联户 that began by it, and whose they were: taken back, they begin anew with him. */
  links?: { linkIds: string[]; memberId: string }[];
}

/** 换届: one prepared act with its time. */
@Entity('handover')
export class HandoverRow {
  @Id() id!: string;
  @Code('tree', 10) tree!: PostTree;
  @Ref('node_id') nodeId!: string;
  @Code('kind', 15) kind!: HandoverKind;
  @Code('state', 10) state!: HandoverState;
  /** 1 while it is prepared, then null: one at a time for a node. */
  @Column({ name: 'is_open', type: 'tinyint', nullable: true }) isOpen!: number | null;
  @Json('plan') plan!: HandoverPlan;
  @Json('done', true) done!: HandoverDone | null;
  @Words('words', 200, true) words!: string | null;
  @Time('effective_at') effectiveAt!: Date;
  @Ref('by_id') byId!: string;
  @Words('by_name', 90) byName!: string;
  @Time('at') at!: Date;
  @Time('applied_at', true) appliedAt!: Date | null;
  @Time('undone_at', true) undoneAt!: Date | null;
  @OptionalRef('undone_by_id') undoneById!: string | null;
}
