import type { PostTree } from '@sandan/shared/access/posts';
import type { GrantedRole } from '@sandan/shared/access/roles';
import type { Reading } from '../database/connect';
import type { Caller } from './caller';
import { mayGive } from './post-rules';

interface HeldPost {
  personId: string;
  role: GrantedRole;
  tree: PostTree;
  nodeId: string;
}

/** 接单人、中心户 rule over nobody: whoever keeps the roll answers for them as for anybody. */
const ofNobody: readonly GrantedRole[] = ['helper', 'hubKeeper'];

/**
 * Who of these people holds a post, now or later, that the caller could neither give nor end by hand. Whoever keeps the
 * roll of a small grid neither closes the account of a county's administrator nor gets hold of it.
 */
export async function postsBeyond(db: Reading, caller: Caller, personIds: readonly string[]): Promise<string[]> {
  return [...new Set((await heldPosts(db, personIds, caller.now)).filter(isBeyond).map(idOf))];

  function isBeyond({ role, tree, nodeId }: HeldPost): boolean {
    return !ofNobody.includes(role) && !mayGive(caller, role, { tree, nodeId });
  }
}

const idOf = ({ personId }: HeldPost): string => personId;

/** All that they hold, now or later. */
export async function heldPosts(db: Reading, personIds: readonly string[], now: Date): Promise<HeldPost[]> {
  if (personIds.length === 0) return [];
  return db.query<HeldPost>(
    `SELECT person_id AS personId, role, tree, node_id AS nodeId FROM role_grant
     WHERE person_id IN (?) AND (ends_at IS NULL OR ends_at > ?)`,
    [personIds, now],
  );
}
