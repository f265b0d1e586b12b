import type { Reading } from './foundation/database/connect';
import type { Reference } from './foundation/reference/reference';
import { makeOffices } from './foundation/reference/offices';
import { makeTree } from './foundation/reference/tree';
import { allCategories } from './rooms/catalog/catalog.queries';
import { formerGridNames } from './rooms/trees/trees.queries';
import { allGrids, closedGrids } from './rooms/grids/grids.queries';
import { allOrganizations, closedOrganizations } from './rooms/party/party.queries';
import { servingTerms } from './rooms/posts/posts.queries';
import { noticeRules } from './rooms/privacy/notice.queries';
import { protectionRules, townRules } from './rooms/settings/settings.queries';

/** Reads what changes seldom, each part through its room's queries. */
export async function loadReference(reading: Reading, version: number): Promise<Reference> {
  const [grids, organizations, categories, notices, town, protection, closed, terms, formerNames] = await Promise.all([
    allGrids(reading),
    allOrganizations(reading),
    allCategories(reading),
    noticeRules(reading),
    townRules(reading),
    protectionRules(reading),
    Promise.all([closedGrids(reading), closedOrganizations(reading)]),
    servingTerms(reading),
    formerGridNames(reading),
  ]);
  const tree = makeTree(grids, organizations, new Map(closed.flat()), formerNames);
  const byId = new Map(categories.map((category) => [category.id, category]));
  return {
    version,
    tree,
    offices: makeOffices(tree, terms, (townId) => town(townId).vacantAfterDays),
    categories,
    notices,
    category: (id) => byId.get(id),
    town,
    protection,
  };
}
