import type { Reaction } from '../../foundation/outbox/outbox';
import { keepsHub } from '../households/hub.queries';
import { secretariesOfGrids } from '../households/links.queries';
import { placeName } from '../../foundation/access/nodes';
import { writeTold } from './link-messages';

/** 党员中心户: its keeper hears of it; without the post he can do nothing for his neighbours, so the secretary is asked for it. */
export const hubMessages: Reaction = {
  name: 'messages.hubs',
  wants: ({ thing, action }) => thing === 'hub' && action === 'set',
  run: async (db, event, { tree }) => {
    const [keeperId, gridId] = [String(event.facts?.['keeperId']), String(event.facts?.['gridId'])];
    const place = placeName(tree, { tree: 'grid', nodeId: gridId });
    const isKeeper = await keepsHub(db, keeperId, gridId, event.at);
    const grid = tree.gridOf(gridId);
    const line = [gridId, grid.village, grid.town].flatMap((id) => id ?? []);
    const secretaries = isKeeper ? [] : await secretariesOfGrids(db, line, event.at);
    const next = isKeeper ? '在首页“我这片的户”里可以替邻居点单。' : '等书记任命以后，就可以替邻居点单。';
    await writeTold(db, event, [
      [keeperId, 'home', '您家是党员中心户了', `邻居会在“我的党员和支部”里看到您。${next}`, 'contacts'],
      ...secretaries.map(
        (id) =>
          [
            ...([id, 'desk', '有中心户等您任命'] as const),
            ...([`${place}设了一处中心户，请在“人员任职”里任命守户的人，他才能替邻居点单。`, null] as const),
          ] as const,
      ),
    ]);
  },
};
