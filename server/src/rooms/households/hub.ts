import type { Db } from '../../foundation/database/connect';

/** 党员中心户: whoever has the post in the group where he lives keeps his own house open for it, unless somebody else does. */
export async function openHubs(db: Db, personIds: readonly string[], now: Date): Promise<void> {
  if (personIds.length === 0) return;
  await db.write(
    `UPDATE household h JOIN person p ON p.household_id = h.id AND p.disabled_at IS NULL
       JOIN role_grant r ON r.person_id = p.id AND r.role = 'hubKeeper' AND r.node_id = h.grid_id
     SET h.is_hub = 1, h.hub_keeper_id = p.id
     WHERE p.id IN (?) AND r.starts_at <= ? AND (r.ends_at IS NULL OR r.ends_at > ?)
       AND h.closed_at IS NULL AND h.hub_keeper_id IS NULL`,
    [personIds, now, now],
  );
}

/** As long as they still live there: found by the house, for no index knows who keeps one. */
export async function closeHubs(db: Db, keeperIds: readonly string[]): Promise<void> {
  if (keeperIds.length === 0) return;
  await db.write(
    `UPDATE household h JOIN person p ON p.household_id = h.id SET h.is_hub = 0, h.hub_keeper_id = NULL
     WHERE p.id IN (?) AND h.hub_keeper_id = p.id`,
    [keeperIds],
  );
}
