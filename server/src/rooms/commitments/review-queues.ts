import { grantsWith, type Caller } from '../../foundation/access/caller';
import type { Where } from '../../foundation/access/rules';
import type { SqlValue } from '../../foundation/database/connect';

/** The queues of 待我审, by the state in which a deed waits. */
export const reviewQueues = ['submitted', 'approved', 'delivered', 'published', 'disputed'] as const;
export type ReviewQueue = (typeof reviewQueues)[number];

/** Where I am the secretary, and below where there is none (vacancy goes up). */
const mine = `SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?) AND (a.depth = 0 OR NOT EXISTS (
  SELECT 1 FROM role_grant g WHERE g.node_id = a.descendant_id AND g.role = 'partySecretary' AND g.starts_at <= ?
    AND (g.ends_at IS NULL OR g.ends_at > ?)))`;
/** What I wrote or keep myself is decided by others. */
const notOwn = 'c.author_id <> ? AND c.responsible_id <> ?';

const isOpen = (table: string, open: string): string =>
  `EXISTS (SELECT 1 FROM ${table} x WHERE x.commitment_id = c.id AND ${open})`;

/** What waits in one queue, by an index of its own: the list and the badge are the same condition. Null: I decide nothing. */
export function waitingIn(queue: ReviewQueue, caller: Caller): Where | null {
  const over = grantsWith(caller, 'commitment.approve').flatMap(({ tree, nodeId }) =>
    tree === 'party' ? [nodeId] : [],
  );
  if (over.length === 0) return null;
  const own: SqlValue[] = [over, caller.now, caller.now];
  const others: SqlValue[] = [caller.personId, caller.personId];
  const reviewed = `c.review_organization_id IN (${mine}) AND ${notOwn}`;
  switch (queue) {
    case 'submitted':
    case 'delivered':
      return { sql: `c.state = '${queue}' AND ${reviewed}`, values: [...own, ...others] };
    case 'approved':
      return { sql: `c.state = 'approved' AND c.organization_id IN (${mine})`, values: own };
    case 'disputed':
      return {
        sql: `c.state = 'disputed' AND c.dispute_organization_id IN (${mine}) AND ${notOwn}`,
        values: [...own, ...others],
      };
    // 申请变更 is decided by the reviewer, 意见 are answered by the secretary who made the deed public.
    case 'published':
      return {
        sql: `c.state = 'published' AND ((${reviewed} AND ${isOpen('commitment_change', 'x.is_open = 1')})
          OR (c.organization_id IN (${mine}) AND ${isOpen('commitment_opinion', 'x.answered_at IS NULL')}))`,
        values: [...own, ...others, ...own],
      };
  }
}
