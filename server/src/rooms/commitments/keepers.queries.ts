import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Caller } from '../../foundation/access/caller';
import { likeOf } from '../../foundation/database/like';

/** Who may keep a deed: a member of the town's organisations, or who serves in one of them. Wants {@link keeperOf}. */
export const keeper = `p.disabled_at IS NULL AND (
  p.home_organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)
  OR EXISTS (SELECT 1 FROM role_grant g JOIN party_ancestor a ON a.descendant_id = g.node_id
              WHERE g.person_id = p.id AND g.tree = 'party' AND a.ancestor_id = ?
                AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)))`;

export const keeperOf = (committeeId: string, now: Date): SqlValue[] => [committeeId, committeeId, now, now];

const shown = 30;

/** The best known first: of the own organisation, then of the whole town; thirty at most, by name if one is given. */
export async function findKeepers(
  db: Reading,
  { personId, now, reference: { tree } }: Caller,
  committeeId: string,
  q: string | undefined,
) {
  const rows = await db.query<{ id: string; name: string; home: string | null }>(
    `SELECT p.id, p.name, p.home_organization_id AS home FROM person p WHERE ${keeper} ${q ? 'AND p.name LIKE ?' : ''}
     ORDER BY p.home_organization_id <=> (SELECT m.home_organization_id FROM person m WHERE m.id = ?) DESC, p.name, p.id LIMIT ?`,
    [...keeperOf(committeeId, now), ...(q ? [likeOf(q)] : []), personId, shown],
  );
  return rows.map(({ id, name, home }) => ({
    ...{ personId: id, name },
    organizationName: (home !== null && tree.organization(home)?.name) || '',
  }));
}
