import type { Reading } from './foundation/database/connect';
import type { Reference } from './foundation/reference/reference';
import { makeTree } from './foundation/reference/tree';
import { allCategories } from './rooms/catalog/catalog.queries';
import { allGrids } from './rooms/grids/grids.queries';
import { allOrganizations } from './rooms/party/party.queries';
import { townRules } from './rooms/settings/settings.queries';

/** Reads what changes seldom, each part through its room's queries. */
export async function loadReference(reading: Reading, version: number): Promise<Reference> {
  const [grids, organizations, categories, town] = await Promise.all([
    allGrids(reading),
    allOrganizations(reading),
    allCategories(reading),
    townRules(reading),
  ]);
  const byId = new Map(categories.map((category) => [category.id, category]));
  return {
    version,
    tree: makeTree(grids, organizations),
    categories,
    category: (id) => byId.get(id),
    town,
  };
}
