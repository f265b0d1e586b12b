import { fromJson, type Reading } from '../../foundation/database/connect';
import type { GridNode } from '../../foundation/reference/tree';
import type { Missing } from '../../foundation/rosters/roster';
import type { Tier } from './grid.entity';

export interface FoundGrid {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly parentCode: string | null;
  readonly dutyPhone: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly countyId: string | null;
  readonly townId: string | null;
  readonly villageId: string | null;
  readonly groupId: string | null;
  readonly closed: boolean;
  readonly openChildren: readonly string[];
}

type Row = Omit<FoundGrid, 'closed' | 'openChildren'> & { closed: number; children: unknown };

export async function gridsByCodes(db: Reading, codes: readonly string[], lock: boolean): Promise<FoundGrid[]> {
  if (codes.length === 0) return [];
  if (lock) await db.query('SELECT id FROM grid WHERE code IN (?) ORDER BY id FOR UPDATE', [codes]);
  const rows = await db.query<Row>(
    `SELECT g.id, g.code, g.name, g.tier, p.code AS parentCode, g.duty_phone AS dutyPhone, g.lat, g.lng,
            g.county_id AS countyId, g.town_id AS townId, g.village_id AS villageId, g.group_id AS groupId,
            g.closed_at IS NOT NULL AS closed,
            (SELECT JSON_ARRAYAGG(c.code) FROM grid c WHERE c.parent_id = g.id AND c.closed_at IS NULL) AS children
     FROM grid g LEFT JOIN grid p ON p.id = g.parent_id WHERE g.code IN (?)`,
    [codes],
  );
  return rows.map(({ closed, children, ...row }) => ({
    ...{ ...row, closed: Number(closed) === 1 },
    openChildren: fromJson<string[] | null>(children) ?? [],
  }));
}

const notInFile = ({ tier }: GridNode): string => `FROM grid g WHERE g.${tier}_id = ? AND g.closed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM roster_unit u WHERE u.import_id = ? AND u.thing_id = g.id)`;

export const missingGrids = (
  db: Reading,
  grid: GridNode,
  importId: string,
  { after, limit }: { after: string; limit: number },
): Promise<Missing[]> =>
  db.query<Missing>(
    `SELECT g.id, CONCAT(g.name, '　', g.code) AS title ${notInFile(grid)} AND g.id > ? ORDER BY g.id LIMIT ?`,
    [grid.id, importId, after, limit],
  );

export async function countMissingGrids(db: Reading, grid: GridNode, importId: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(`SELECT COUNT(*) AS n ${notInFile(grid)}`, [grid.id, importId]);
  return Number(row?.n ?? 0);
}
