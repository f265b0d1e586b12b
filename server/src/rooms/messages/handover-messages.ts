import { lineOf, placeName, type NodeRef } from '../../foundation/access/nodes';
import type { Reaction } from '../../foundation/outbox/outbox';
import type { Tree } from '../../foundation/reference/tree';
import { handoverById } from '../posts/handovers.queries';
import { administratorsOn } from '../posts/posts.queries';
import { writeTold } from './link-messages';

/** 换届 that changed nothing at its time, or only a part: whoever prepared it and the administrators hear of it at once. */
export const handoverMessages: Reaction = {
  name: 'messages.handovers',
  wants: ({ thing, action }) => thing === 'handover' && action === 'applyInPart',
  run: async (db, event, { tree }) => {
    const row = await handoverById(db, event.thingId);
    if (!row) return;
    const place = placeName(tree, row);
    const words =
      event.facts?.['nothing'] === true
        ? `${place}准备好的交接到了时间，但没有生效，一个职务也没有变动。请打开看原因，再重新准备。`
        : `${place}的交接生效了，但有 ${Number(event.facts?.['left'])} 处没有照准备的办。请打开看看，另行安排。`;
    const administrators = await administratorsOn(db, gridsAbove(tree, row), event.at);
    await writeTold(
      db,
      event,
      [row.byId, ...administrators].map((id) => [id, 'desk', '交接没有全部办成', words, 'handover'] as const),
    );
  },
};

/** Administrators stand in the grid tree: an organisation is theirs through the grids it is tied to. */
const gridsAbove = (tree: Tree, node: NodeRef): string[] =>
  node.tree === 'grid'
    ? lineOf(tree, node)
    : tree
        .organizationLine(node.nodeId)
        .flatMap((id) => tree.gridsOfOrganization(id))
        .flatMap(({ id }) => lineOf(tree, { tree: 'grid', nodeId: id }));
