import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { gridsWith } from '../../foundation/access/reach';
import type { Db, Reading } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import { lookUp } from './lookups';

type Api = typeof householdsApi;
type Field = 'person.phone' | 'person.idNumber';

/**
 * Who may be taken into a house: found by the number he gave, so that nobody is written down twice. Of people of another
 * county nobody hears here. Throws `household.lookups-used-up`.
 */
export async function coming(
  db: Db,
  caller: Caller,
  { actionId, phone, idNumber }: BodyOf<Api['coming']>,
): Promise<ReplyOf<Api['coming']>> {
  const searchedBy = phone === undefined ? 'idNumber' : 'phone';
  const search = async () =>
    ofMyCounty(db, caller, await homelessBy(db, `person.${searchedBy}`, phone ?? idNumber ?? ''));
  const found = await stillHomeless(db, await lookUp(db, caller, { actionId, searchedBy, search }));
  return { items: found.map(({ id, name }) => ({ personId: id, name: maskName(name) })) };
}

const homeless = 'household_id IS NULL AND disabled_at IS NULL AND erased_at IS NULL';

/** People of no house with exactly this number: they have left one, or have never lived in one. */
async function homelessBy(reading: Reading, field: Field, number: string): Promise<string[]> {
  const column = field === 'person.phone' ? 'phone_index' : 'id_number_index';
  const rows = await reading.query<{ id: string }>(
    `SELECT id FROM person WHERE ${column} IN (?) AND ${homeless} ORDER BY id LIMIT 5`,
    [reading.vault.indexes(field, number)],
  );
  return rows.map(({ id }) => id);
}

async function stillHomeless(reading: Reading, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  return reading.query<{ id: string; name: string }>(
    `SELECT id, name FROM person WHERE id IN (?) AND ${homeless} ORDER BY id`,
    [ids],
  );
}

interface Tie {
  personId: string;
  tree: 'grid' | 'party';
  nodeId: string;
}

/** Without those who have lived or served elsewhere and never here; who is new to the system belongs to no county yet. */
async function ofMyCounty(reading: Reading, caller: Caller, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { tree } = caller.reference;
  const mine = new Set(gridsWith(caller, 'household.manage').map(({ county }) => county));
  const ties = await tiesOf(reading, ids);
  return ids.filter((id) => {
    const counties = ties.filter(({ personId }) => personId === id).flatMap((tie) => countiesOf(tie, tree));
    return counties.length === 0 || counties.some((county) => mine.has(county));
  });
}

const countiesOf = ({ tree: kind, nodeId }: Tie, tree: Tree): (string | null)[] => {
  const grids = kind === 'grid' ? [tree.grid(nodeId)] : tree.gridsOfOrganization(nodeId);
  return grids.flatMap((grid) => (grid ? [grid.county] : []));
};

/** Houses that they have left, posts, and the organisation that keeps them. */
const tiesOf = (reading: Reading, ids: readonly string[]): Promise<Tie[]> =>
  reading.query<Tie>(
    `SELECT e.person_id AS personId, 'grid' AS tree, h.grid_id AS nodeId
       FROM household_event e JOIN household h ON h.id = e.household_id WHERE e.person_id IN (?)
     UNION SELECT person_id, tree, node_id FROM role_grant WHERE person_id IN (?)
     UNION SELECT id, 'party', home_organization_id FROM person WHERE id IN (?) AND home_organization_id IS NOT NULL`,
    [ids, ids, ids],
  );
