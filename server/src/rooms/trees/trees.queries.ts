import type { FormerName, GridTier } from '../../foundation/reference/tree';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { TreeChangeRow } from './tree-change.entity';

type Raw = Record<string, unknown>;
const changeOf = (row: Raw): TreeChangeRow => ({
  ...rowOf<TreeChangeRow>(row),
  asked: fromJson<Raw>(row['asked']),
  before: fromJson<Raw | null>(row['before']),
  after: fromJson<Raw | null>(row['after']),
});

export async function changeById(db: Reading, id: string): Promise<TreeChangeRow | null> {
  const [row] = await db.query<Raw>('SELECT * FROM tree_change WHERE id = ?', [id]);
  return row ? changeOf(row) : null;
}

const shown = 50;

/** Of the node itself, of what was merged into it, was closed under it or is to be set up there; the newest first. */
export async function changesOf(db: Reading, nodeId: string): Promise<TreeChangeRow[]> {
  const rows = await db.query<Raw>(
    `SELECT * FROM tree_change WHERE node_id = ? OR JSON_VALUE(asked, '$.intoId') = ? OR JSON_VALUE(asked, '$.successorId') = ?
       OR (kind = 'add' AND JSON_VALUE(asked, '$.parentId') = ?)
       OR (kind = 'close' AND state = 'applied' AND node_id IN (
         SELECT id FROM grid WHERE successor_id = ? UNION ALL SELECT id FROM party_organization WHERE successor_id = ?))
     ORDER BY at DESC, id DESC LIMIT ${shown}`,
    Array.from({ length: 6 }, () => nodeId),
  );
  return rows.map(changeOf);
}

export interface NodeCounts {
  households: number;
  people: number;
  openOrders: number;
  members: number;
}

export async function gridCounts(
  db: Reading,
  { id, tier }: { id: string; tier: GridTier },
): Promise<Omit<NodeCounts, 'members'>> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT (SELECT COUNT(*) FROM household h JOIN grid g ON g.id = h.grid_id
              WHERE g.${tier}_id = ? AND h.closed_at IS NULL) AS households,
            (SELECT COUNT(*) FROM person p JOIN household h ON h.id = p.household_id JOIN grid g ON g.id = h.grid_id
              WHERE g.${tier}_id = ? AND p.disabled_at IS NULL) AS people,
            (SELECT COUNT(*) FROM service_order WHERE ${tier}_id = ? AND stage IN ('open', 'working')) AS openOrders`,
    [id, id, id],
  );
  return {
    households: Number(row?.['households']),
    people: Number(row?.['people']),
    openOrders: Number(row?.['openOrders']),
  };
}

export async function memberCount(db: Reading, organizationId: string): Promise<number> {
  const [row] = await db.query<{ members: number }>(
    `SELECT COUNT(*) AS members FROM person WHERE disabled_at IS NULL AND home_organization_id IN
       (SELECT descendant_id FROM party_ancestor WHERE ancestor_id = ?)`,
    [organizationId],
  );
  return Number(row?.members ?? 0);
}

/** What grids were called before: each rename that came about, and the last name of those that are closed. */
export async function formerGridNames(db: Reading): Promise<FormerName[]> {
  const [renamed, closed] = await Promise.all([
    db.query<FormerName>(
      `SELECT node_id AS gridId, JSON_VALUE(\`before\`, '$.name') AS name, applied_at AS \`until\` FROM tree_change
       WHERE tree = 'grid' AND kind = 'rename' AND state = 'applied'`,
    ),
    db.query<FormerName>('SELECT id AS gridId, name, closed_at AS `until` FROM grid WHERE closed_at IS NOT NULL'),
  ]);
  return [...renamed, ...closed];
}
