import type { Db } from '../../foundation/database/connect';

/** 换届 that is prepared, and its papers. Where the survivor has one prepared too, both keep their day; no third is begun. */
export const passHandovers = async (db: Db, fromId: string, toId: string): Promise<void> =>
  void (await db.write(
    `UPDATE handover h LEFT JOIN handover s ON s.node_id = ? AND s.is_open = 1
      SET h.node_id = ?, h.is_open = IF(s.id IS NULL, h.is_open, NULL) WHERE h.node_id = ?`,
    [toId, toId, fromId],
  ));
