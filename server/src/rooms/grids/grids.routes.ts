import type { ReplyOf } from '@sandan/shared/endpoint';
import { gridsApi } from '@sandan/shared/grids/grids.contract';
import { Problem } from '@sandan/shared/problems';
import { implement } from '../../foundation/http/implement';
import type { GridNode, GridTier, Tree } from '../../foundation/reference/tree';
import { makeLocator, type Locator, type Point } from './locate';

type GridReply = ReplyOf<typeof gridsApi.list>['grids'][number];

export const gridsRoutes = implement('grids', gridsApi, {
  list: async ({ world, query }) => {
    const { version, tree } = await world.references.current();
    return { version, grids: gridsUnder(tree, query).map(toReply) };
  },
  locate: async ({ world, query }) => locate((await world.references.current()).tree, query),
});

function gridsUnder(tree: Tree, { underId, tier }: { underId?: string | undefined; tier?: GridTier | undefined }) {
  if (underId !== undefined && !tree.grid(underId)) throw new Problem('grid.not-found');
  return tree.grids.filter(
    (grid) => (tier === undefined || grid.tier === tier) && (underId === undefined || tree.isWithin(grid.id, underId)),
  );
}

const toReply = ({ id, parentId, tier, code, name, lat, lng, dutyPhone }: GridNode): GridReply => ({
  ...{ id, parentId, tier, code, name, dutyPhone },
  centre: lat === null || lng === null ? null : { lat, lng },
});

/** The boundaries of one reading of the tree; the next version of the tree gets its own. */
const locators = new WeakMap<Tree, Locator>();

function locate(tree: Tree, point: Point): ReplyOf<typeof gridsApi.locate> {
  const locator = locators.get(tree) ?? makeLocator(tree);
  locators.set(tree, locator);
  const located = locator(point);
  if (!located) throw new Problem('grid.out-of-area');
  const at = (tier: GridTier): GridReply | null => {
    const id = located.grid[tier];
    return id === null ? null : toReply(tree.gridOf(id));
  };
  return { group: at('group'), village: at('village'), town: at('town'), exact: located.exact };
}
