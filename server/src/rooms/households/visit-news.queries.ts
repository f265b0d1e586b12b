import type { Reading } from '../../foundation/database/connect';
import { today } from './due-dates';
import { linkNow, presentMember } from './links.queries';

/** Whom an act of linking gave new households, and how many. */
export const newlyLinked = async (
  reading: Reading,
  eventId: string,
): Promise<{ memberId: string; count: number }[]> => {
  const rows = await reading.query<{ memberId: string; count: number }>(
    `SELECT COALESCE(stand_in_id, member_id) AS memberId, COUNT(*) AS count FROM household_link WHERE made_in = ?
     GROUP BY memberId ORDER BY memberId`,
    [eventId],
  );
  return rows.map(({ memberId, count }) => ({ memberId, count: Number(count) }));
};

/** Whose households went to somebody else in that act. */
export const relieved = async (reading: Reading, eventId: string): Promise<{ memberId: string; count: number }[]> => {
  const rows = await reading.query<{ memberId: string; count: number }>(
    'SELECT member_id AS memberId, COUNT(*) AS count FROM household_link WHERE ended_in = ? GROUP BY member_id ORDER BY member_id',
    [eventId],
  );
  return rows.map(({ memberId, count }) => ({ memberId, count: Number(count) }));
};

/** The people of the households whose member is another since that act: those who can read it, of age. */
export const peopleNewlyLinked = (
  reading: Reading,
  eventId: string,
): Promise<{ personId: string; memberId: string; memberName: string }[]> =>
  reading.query(
    `SELECT p.id AS personId, m.id AS memberId, m.name AS memberName
     FROM household_link l JOIN person m ON m.id = COALESCE(l.stand_in_id, l.member_id)
       JOIN person p ON p.household_id = l.household_id AND p.disabled_at IS NULL AND p.erased_at IS NULL
         AND p.phone_sealed IS NOT NULL AND p.guardian_id IS NULL
     WHERE l.made_in = ? ORDER BY p.id`,
    [eventId],
  );

export interface SettledRequest {
  personId: string;
  oldMemberId: string;
  newMemberId: string | null;
  newMemberName: string | null;
  answer: string | null;
}

export async function settledRequest(reading: Reading, requestId: string): Promise<SettledRequest | undefined> {
  const [row] = await reading.query<SettledRequest>(
    `SELECT r.person_id AS personId, r.member_id AS oldMemberId, r.new_member_id AS newMemberId, n.name AS newMemberName, r.answer
     FROM link_request r LEFT JOIN person n ON n.id = r.new_member_id WHERE r.id = ?`,
    [requestId],
  );
  return row;
}

export const remindedVisitors = (reading: Reading, eventId: string): Promise<{ memberId: string; overdue: number }[]> =>
  reading.query('SELECT member_id AS memberId, overdue FROM visit_reminder WHERE event_id = ? ORDER BY member_id', [
    eventId,
  ]);

export interface OverdueOfGrid {
  gridId: string;
  overdue: number;
  members: number;
}

/** Overdue households of a town by small grid: what its secretaries hear on Monday. */
export const overdueByGrid = async (
  reading: Reading,
  gridIds: readonly string[],
  now: Date,
): Promise<OverdueOfGrid[]> => {
  if (gridIds.length === 0) return [];
  const rows = await reading.query<OverdueOfGrid>(
    `SELECT h.grid_id AS gridId, COUNT(*) AS overdue, COUNT(DISTINCT ${presentMember}) AS members
     FROM household h JOIN household_link l ON l.household_id = h.id AND ${linkNow()} JOIN person m ON m.id = l.member_id
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL AND l.due_on < ? GROUP BY h.grid_id ORDER BY h.grid_id`,
    [now, now, now, gridIds, today(now)],
  );
  return rows.map((row) => ({ ...row, overdue: Number(row.overdue), members: Number(row.members) }));
};
