import { RoleGrant } from '../foundation/access/access.entity';
import { recordAct } from '../foundation/audit/record-act';
import type { Db, Reading } from '../foundation/database/connect';
import { newId } from '../foundation/ids';
import { makeLink } from '../rooms/access/sign-in-link.service';
import { Person } from '../rooms/people/person.entity';
import { CannotMake } from './cannot-make';
import { foundCounty } from './county';

export interface Wish {
  name: string;
  /** Id or code; absent: the top of the tree. */
  grid?: string | undefined;
  /** For a database in which nothing stands yet. */
  countyName?: string | undefined;
  countyCode?: string | undefined;
}

export interface Made {
  personId: string;
  isNew: boolean;
  gridName: string;
  /** What signs the person in, once. */
  key: string;
  expiresAt: Date;
}

interface GridRow {
  id: string;
  name: string;
}

/**
 * An administrator, by whoever may run commands on the server: the first one of a county, or one who cannot get in any
 * more. The same name on the same grid is the same person; any other namesake is left alone, because a name is no proof.
 */
export async function makeAdministrator(db: Db, wish: Wish, now: Date): Promise<Made> {
  const grid = await gridFor(db, wish);
  const found = await administratorOf(db, wish.name, grid.id, now);
  const personId = found ?? newId(now);
  if (found === null) {
    await db.insert(Person, [{ id: personId, name: wish.name, createdAt: now }]);
    await db.insert(RoleGrant, [
      { id: newId(now), personId, role: 'admin', kind: null, tree: 'grid', nodeId: grid.id, startsAt: now },
    ]);
  }
  const { key, expiresAt } = await makeLink(db, personId, now);
  const isNew = found === null;
  const facts = { gridId: grid.id, isNew };
  await recordAct(db, { personId: null, now, townId: null }, 'createAdministrator', { thingId: personId, facts });
  return { personId, isNew, gridName: grid.name, key, expiresAt };
}

async function gridFor(db: Db, { grid, countyName, countyCode }: Wish): Promise<GridRow> {
  const tops = await db.query<GridRow>(
    'SELECT id, name FROM grid WHERE parent_id IS NULL AND closed_at IS NULL LIMIT 2',
  );
  if (tops.length === 0) return foundCounty(db, { name: countyName, code: countyCode });
  if (grid === undefined) {
    const [top, another] = tops;
    if (!top || another)
      throw new CannotMake('网格树有几个顶点，请用 --grid 指定 / several tops: name one with --grid');
    return top;
  }
  const [named] = await db.query<GridRow>(
    'SELECT id, name FROM grid WHERE (id = ? OR code = ?) AND closed_at IS NULL',
    [grid, grid],
  );
  if (!named) throw new CannotMake(`没有编号是 ${grid} 的网格 / there is no grid ${grid}`);
  return named;
}

async function administratorOf(reading: Reading, name: string, gridId: string, now: Date): Promise<string | null> {
  const [row] = await reading.query<{ id: string }>(
    `SELECT p.id FROM person p JOIN role_grant g ON g.person_id = p.id
     WHERE g.role = 'admin' AND g.node_id = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
       AND p.name = ? AND p.disabled_at IS NULL ORDER BY p.id LIMIT 1`,
    [gridId, now, now, name],
  );
  return row?.id ?? null;
}
