import { grantsWith, type Caller } from '../../foundation/access/caller';
import { whereOf, type Where } from '../../foundation/access/rule-where';
import type { SqlValue } from '../../foundation/database/connect';
import { commitmentPolicy, commitmentSource } from './commitments.policy';

/** The queues of 待我审, by the state in which a deed waits. */
export const reviewQueues = ['submitted', 'approved', 'delivered', 'published', 'disputed'] as const;
export type ReviewQueue = (typeof reviewQueues)[number];

/** A closed account leaves the post vacant. */
const inOffice = `g.role = 'partySecretary' AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
  AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = g.person_id AND p.disabled_at IS NOT NULL)`;

/** Where I am the secretary, and below where there is none (vacancy goes up). */
const mine = `SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?) AND (a.depth = 0 OR NOT EXISTS (
  SELECT 1 FROM role_grant g WHERE g.node_id = a.descendant_id AND ${inOffice}))`;

/**
 * No secretary stands nearer to the deed than I do who may decide it himself: one who keeps it or helps leaves it to the
 * level above, as if the post were vacant. `nor`: who else must not, beside those of the deed.
 */
const nearest = (column: string, nor: string): string => `NOT EXISTS (
  SELECT 1 FROM party_ancestor b JOIN role_grant g ON g.node_id = b.ancestor_id AND ${inOffice}
  WHERE b.descendant_id = ${column} AND b.ancestor_id NOT IN (?)
    AND b.ancestor_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id IN (?))
    AND g.person_id NOT IN (c.responsible_id, COALESCE(c.person_id, ''), ${nor})
    AND NOT EXISTS (SELECT 1 FROM commitment_helper h WHERE h.commitment_id = c.id AND h.person_id = g.person_id))`;

const changeAsker = `COALESCE((SELECT x.by_id FROM commitment_change x WHERE x.commitment_id = c.id AND x.is_open = 1), '')`;
const disputer = `COALESCE((SELECT x.person_id FROM commitment_dispute x WHERE x.commitment_id = c.id AND x.is_open = 1 LIMIT 1), '')`;

const isOpen = (table: string, open: string): string =>
  `EXISTS (SELECT 1 FROM ${table} x WHERE x.commitment_id = c.id AND ${open})`;

/**
 * What waits in one queue, by an index of its own: the list and the badge are the same condition, and what I may decide is
 * the policy's own rule. Null: I decide nothing.
 */
export function waitingIn(queue: ReviewQueue, caller: Caller): Where | null {
  const deciding = queue === 'disputed' ? 'commitment.dismiss' : 'commitment.approve';
  const over = grantsWith(caller, deciding).flatMap(({ tree, nodeId }) => (tree === 'party' ? [nodeId] : []));
  if (over.length === 0) return null;
  const own: SqlValue[] = [over, caller.now, caller.now];
  const near: SqlValue[] = [caller.now, caller.now, over, over];
  const may = (action: 'approve' | 'accept' | 'approveChange' | 'showWords' | 'dismiss'): Where =>
    whereOf(commitmentPolicy[action], caller, commitmentSource);
  switch (queue) {
    case 'submitted':
    case 'delivered': {
      const { sql, values } = may(queue === 'submitted' ? 'approve' : 'accept');
      const unless = nearest('c.review_organization_id', queue === 'submitted' ? 'c.author_id' : `''`);
      return { sql: `c.state = '${queue}' AND ${sql} AND ${unless}`, values: [...values, ...near] };
    }
    case 'approved':
      return { sql: `c.state = 'approved' AND c.organization_id IN (${mine})`, values: own };
    case 'disputed': {
      const { sql, values } = may('dismiss');
      const nor = `c.author_id, COALESCE(c.accepted_by_id, ''), ${disputer}`;
      return {
        sql: `c.state = 'disputed' AND ${sql} AND ${nearest('c.dispute_organization_id', nor)}`,
        values: [...values, ...near],
      };
    }
    // 申请变更 is decided by the reviewer, and whether held 评诺的话 are shown; 意见 are answered by the secretary who made
    // the deed public. Of what waits for 验收 or 异议 the words are read with it.
    case 'published': {
      const change = may('approveChange');
      const held = may('showWords');
      return {
        sql: `c.state IN ('published', 'accepted') AND ((${isOpen('commitment_change', 'x.is_open = 1')} AND ${change.sql}
            AND ${nearest('c.review_organization_id', changeAsker)})
          OR (${isOpen('commitment_rating', 'x.held = 1 AND x.words IS NOT NULL')} AND ${held.sql}
            AND ${nearest('c.review_organization_id', `''`)})
          OR (c.state = 'published' AND c.organization_id IN (${mine})
            AND ${isOpen('commitment_opinion', 'x.answered_at IS NULL')}))`,
        values: [...change.values, ...near, ...held.values, ...near, ...own],
      };
    }
  }
}
