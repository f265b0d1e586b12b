import type { Reading } from '../../foundation/database/connect';

export interface Account {
  personId: string;
  unionid: string | null;
  disabledAt: Date | null;
}

export async function accountOf(reading: Reading, openid: string): Promise<Account | null> {
  const [account] = await reading.query<Account>(
    `SELECT a.person_id AS personId, a.unionid, p.disabled_at AS disabledAt
     FROM wechat_account a JOIN person p ON p.id = a.person_id WHERE a.openid = ?`,
    [openid],
  );
  return account ?? null;
}

/** By the key of a prepared person, or by anybody's id. */
export async function demoPersonOf(
  reading: Reading,
  key: string,
): Promise<{ id: string; name: string; disabledAt: Date | null } | null> {
  const [person] = await reading.query<{ id: string; name: string; disabledAt: Date | null }>(
    `SELECT id, name, disabled_at AS disabledAt FROM person WHERE demo_key = ?
     UNION ALL SELECT id, name, disabled_at FROM person WHERE id = ?`,
    [key, key],
  );
  return person ?? null;
}

export interface DemoRow {
  key: string;
  personId: string;
  name: string;
  homeGridId: string | null;
  nodeId: string | null;
  tree: 'grid' | 'party' | null;
}

/** The prepared people with the node of their first role, else the grid they live in. */
export const demoRows = (reading: Reading, now: Date): Promise<DemoRow[]> =>
  reading.query<DemoRow>(
    `SELECT p.demo_key AS \`key\`, p.id AS personId, p.name, h.grid_id AS homeGridId, g.node_id AS nodeId, g.tree
     FROM person p LEFT JOIN household h ON h.id = p.household_id
       LEFT JOIN role_grant g ON g.id = (SELECT MIN(x.id) FROM role_grant x
         WHERE x.person_id = p.id AND x.starts_at <= ? AND (x.ends_at IS NULL OR x.ends_at > ?))
     WHERE p.demo_key IS NOT NULL AND p.disabled_at IS NULL`,
    [now, now],
  );
