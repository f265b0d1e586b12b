import type { Reaction } from '../../foundation/outbox/outbox';

/**
 * 党员中心户: whoever is given the post in the group where he lives keeps his own house open for it, and closes it with the
 * post. What a house is, neighbours find under 身边的中心户; what its keeper may do comes with the post.
 */
export const hubFollowsPost: Reaction = {
  name: 'households.hub',
  wants: ({ thing, action }) => thing === 'post' && (action === 'give' || action === 'end'),
  run: async (db, { action, facts, at }) => {
    const [role, personId, nodeId] = [facts?.['role'], String(facts?.['personId']), String(facts?.['nodeId'])];
    if (role !== 'hubKeeper') return;
    const until = facts?.['until'];
    if (action === 'give')
      await db.write(
        `UPDATE household h JOIN person p ON p.household_id = h.id AND p.id = ?
         SET h.is_hub = 1, h.hub_keeper_id = p.id WHERE h.grid_id = ? AND h.closed_at IS NULL AND h.hub_keeper_id IS NULL`,
        [personId, nodeId],
      );
    else if (typeof until === 'string' && new Date(until) <= at)
      await db.write('UPDATE household SET is_hub = 0, hub_keeper_id = NULL WHERE hub_keeper_id = ? AND grid_id = ?', [
        personId,
        nodeId,
      ]);
  },
};
