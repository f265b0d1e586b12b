import type { PostTree } from '@sandan/shared/access/posts';
import type { TreeChangeKind } from '@sandan/shared/trees/tree.words';
import type { Caller } from '../access/caller';
import type { Db } from '../database/connect';

/** What was changed of a node, with the fields before and after. */
export interface MadeChange {
  readonly nodeId: string;
  readonly kind: TreeChangeKind;
  /** Null: there was none. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>>;
}

/** 变动 by a roster: the room `trees` writes them down as it does those by hand; the house brings the two together (rooms.ts). */
export interface TreeWriter {
  /** 撤销 as by hand, what lies below first. Throws the `tree.…` problems of that. */
  closeNodes(db: Db, caller: Caller, tree: PostTree, nodeIds: readonly string[]): Promise<void>;
  /** The history of what the roster has written itself. */
  noteChanges(db: Db, caller: Caller, tree: PostTree, changes: readonly MadeChange[]): Promise<void>;
}
