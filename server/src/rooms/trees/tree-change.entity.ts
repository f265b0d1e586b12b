import { Entity } from 'typeorm';
import type { PostTree } from '@sandan/shared/access/posts';
import type { ChangeState, TreeChangeKind } from '@sandan/shared/trees/tree.words';
import { Code, Id, Int, Json, Ref, Time, Words } from '../../foundation/database/columns';

/** 变动: one change of one node, with what it was and what it became. Its id is the caller's actionId. */
@Entity('tree_change')
export class TreeChangeRow {
  @Id() id!: string;
  @Code('tree', 10) tree!: PostTree;
  @Ref('node_id') nodeId!: string;
  @Code('kind', 15) kind!: TreeChangeKind;
  @Code('state', 10) state!: ChangeState;
  @Json('asked') asked!: Record<string, unknown>;
  @Json('before', true) before!: Record<string, unknown> | null;
  @Json('after', true) after!: Record<string, unknown> | null;
  @Words('reason', 200) reason!: string;
  /** It had been so since then. */
  @Code('since_day', 10, true) sinceDay!: string | null;
  @Time('effective_at') effectiveAt!: Date;
  @Ref('by_id') byId!: string;
  @Words('by_name', 90) byName!: string;
  @Code('by_role', 30) byRole!: string;
  @Time('at') at!: Date;
  @Time('applied_at', true) appliedAt!: Date | null;
  /** The problem that it met on its day. */
  @Code('trouble', 60, true) trouble!: string | null;
  /** Rows of orders, tasks and promises that have followed. */
  @Int('moved') moved!: number;
  /** All have. */
  @Time('moved_at', true) movedAt!: Date | null;
}
