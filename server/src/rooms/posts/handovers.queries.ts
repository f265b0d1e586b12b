import { fromJson, type Reading } from '../../foundation/database/connect';
import type { NodeRef } from '../../foundation/access/nodes';
import { rowOf } from '../../foundation/database/rows';
import type { HandoverDone, HandoverPlan, HandoverRow } from './handover.entity';
import type { PostRow } from './posts.queries';

type Raw = Record<string, unknown>;
const handoverOf = (row: Raw): HandoverRow => ({
  ...rowOf<HandoverRow>(row),
  plan: fromJson<HandoverPlan>(row['plan']),
  done: fromJson<HandoverDone | null>(row['done']),
});

export async function handoverById(db: Reading, id: string): Promise<HandoverRow | null> {
  const [row] = await db.query<Raw>('SELECT * FROM handover WHERE id = ?', [id]);
  return row ? handoverOf(row) : null;
}

/** The nodes on which there is or was one: few, by the index alone. Who reaches which of them is known to the trees. */
export const handoverNodes = (db: Reading): Promise<NodeRef[]> =>
  db.query<NodeRef>('SELECT DISTINCT tree, node_id AS nodeId FROM handover');

interface After {
  after: readonly [rank: number, at: Date, id: string] | undefined;
  limit: number;
}

/** Of these nodes: prepared ones first (rank 0), then what is over (1); the newest of each first. */
export async function handoversOn(
  db: Reading,
  nodeIds: readonly string[],
  { after, limit }: After,
): Promise<HandoverRow[]> {
  if (nodeIds.length === 0) return [];
  const found: HandoverRow[] = [];
  for (const rank of [0, 1]) {
    if (found.length >= limit || (after && after[0] > rank)) continue;
    const place = after?.[0] === rank ? 'AND at <= ? AND (at < ? OR id < ?)' : '';
    const rows = await db.query<Raw>(
      `SELECT * FROM handover WHERE node_id IN (?) AND state ${rank === 0 ? '=' : '<>'} 'prepared' ${place}
       ORDER BY at DESC, id DESC LIMIT ?`,
      [nodeIds, ...(place && after ? [after[1], after[1], after[2]] : []), limit - found.length],
    );
    found.push(...rows.map(handoverOf));
  }
  return found;
}

/** What hangs on a post beside itself, by the ids of its rows. */
export interface HangingOnPost {
  /** Orders that this person has opened at the desk (保密件). */
  deskOrders: string[];
  /** Promises of the organisation for which he answers. */
  promises: string[];
  /** Households linked to him as a party member. */
  links: string[];
  /** Tasks in hand when it ends: he is asked whether he goes on with them. */
  tasks: number;
}

const deskRoles = ['deskLead', 'townDispatcher', 'disciplineDesk'];

export async function hangingOnPost(db: Reading, post: PostRow, now: Date): Promise<HangingOnPost> {
  const ids = async (sql: string, values: (string | Date)[]) =>
    (await db.query<{ id: string }>(sql, values)).map(({ id }) => id);
  const [deskOrders, promises, links, [tasks]] = await Promise.all([
    deskRoles.includes(post.role)
      ? ids(
          "SELECT id FROM service_order WHERE desk_person_id = ? AND desk_grid_id = ? AND stage IN ('open', 'working') ORDER BY id",
          [post.personId, post.nodeId],
        )
      : [],
    post.tree === 'party'
      ? ids(
          `SELECT id FROM commitment WHERE organization_id = ? AND responsible_id = ? AND kind <> 'personal'
             AND stage IN ('open', 'working') ORDER BY id`,
          [post.nodeId, post.personId],
        )
      : [],
    ids('SELECT id FROM household_link WHERE member_id = ? AND (ends_at IS NULL OR ends_at > ?) ORDER BY id', [
      post.personId,
      now,
    ]),
    db.query<{ tasks: number }>("SELECT COUNT(*) AS tasks FROM task_claim WHERE person_id = ? AND state = 'taken'", [
      post.personId,
    ]),
  ]);
  return { deskOrders, promises, links, tasks: Number(tasks?.tasks ?? 0) };
}
