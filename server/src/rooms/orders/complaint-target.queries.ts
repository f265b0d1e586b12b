import type { Caller } from '../../foundation/access/caller';
import type { CheckRoot } from '../../foundation/checks/ask-checks';
import type { CheckedName } from '../../foundation/checks/checked-fields';
import { isOfficeRole } from '../../foundation/checks/office-role';
import type { Reading } from '../../foundation/database/connect';
import { maySee, maySeePublicly } from './act';
import { stepField } from './order-checks';
import { loadPage, loadRecord, type OrderRecord } from './order-record';
import { viewOf } from './orders.presenter';

interface Found {
  /** As it is checked, whatever the page called it. */
  field: CheckedName;
  authorId: string;
  isOfficial: boolean;
  root: CheckRoot;
}

/** Who wrote one thing of an order, and whether it is held; the order it belongs to. */
interface Piece {
  orderId: string;
  authorId: string | null;
  role: string | null;
  held: number;
}

/**
 * What a caller complains of in an order, where he sees that very thing now. Of a confidential order nothing goes to
 * another desk (保密件).
 */
export async function orderTarget(
  reading: Reading,
  caller: Caller,
  { field, thingId }: { field: CheckedName; thingId: string },
): Promise<Found | null> {
  const piece = await pieceOf(reading, field, thingId);
  if (!piece?.authorId) return null;
  const record = await loadRecord(reading, piece.orderId, null);
  if (!record || record.visibility === 'confidential' || record.deskKind === 'discipline') return null;
  const isPublic = field === 'order.summary' && maySeePublicly(record, caller);
  if (!isPublic && !maySee(record, caller)) return null;
  if (piece.held !== 0 && viewOf(record, caller) !== 'staff') return null;
  const { authorId, role } = piece;
  const checkedAs = field === 'order.step' ? stepField(role) : field;
  return { field: checkedAs, authorId, isOfficial: isOfficeRole(role), root: rootOf(record) };
}

/** Which of these orders the caller may open. */
export async function ordersRead(reading: Reading, caller: Caller, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const records = await loadPage(reading, 'SELECT id FROM service_order WHERE id IN (?)', [ids]);
  return records.filter((record) => maySee(record, caller) || maySeePublicly(record, caller)).map(({ id }) => id);
}

const rootOf = ({ id, countyId, townId, villageId, groupId }: OrderRecord): CheckRoot => ({
  ...{ root: 'order', rootId: id, countyId, townId, villageId, groupId },
});

const upload = (table: 'photo' | 'voice_note', kind: 'order' | 'history'): string => `SELECT
    COALESCE(h.aggregate_id, u.thing_id) AS orderId, u.owner_id AS authorId, NULL AS role, u.held
  FROM ${table} u LEFT JOIN history h ON h.id = u.thing_id WHERE u.id = ? AND u.thing_kind = '${kind}'`;

/** The summary is the desk's: of whoever set it last. */
const pieces: Readonly<Partial<Record<CheckedName, string>>> = {
  'order.words': `SELECT id AS orderId, requester_id AS authorId, NULL AS role, words_held AS held
    FROM service_order WHERE id = ? AND words IS NOT NULL`,
  'order.summary': `SELECT o.id AS orderId, h.actor_id AS authorId, NULL AS role, o.summary_held AS held
    FROM service_order o JOIN history h ON h.aggregate_id = o.id AND h.action IN ('accept', 'reclassify')
    WHERE o.id = ? AND o.public_summary IS NOT NULL ORDER BY h.seq DESC LIMIT 1`,
  'order.step': `SELECT aggregate_id AS orderId, actor_id AS authorId, actor_role AS role, held
    FROM history WHERE id = ? AND words IS NOT NULL`,
  'order.photo': upload('photo', 'order'),
  'order.evidence': upload('photo', 'history'),
  'order.voice': upload('voice_note', 'order'),
};

async function pieceOf(reading: Reading, field: CheckedName, thingId: string): Promise<Piece | null> {
  const sql = pieces[field];
  if (sql === undefined) return null;
  const [row] = await reading.query<Piece>(sql, [thingId]);
  return row ?? null;
}
