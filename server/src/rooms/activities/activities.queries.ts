import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Activity } from './activity.entity';

/** An activity with how many signed up, have a place (who just came has one too) and came, and how the reader stands to it. */
export type ActivityRecord = Activity & {
  joined: number;
  taken: number;
  came: number;
  mine: 'none' | 'joined' | 'came';
};

const columns = `a.*,
  (SELECT COUNT(*) FROM activity_person x
     WHERE x.activity_id = a.id AND x.left_at IS NULL AND x.walked_in = 0) AS joined,
  (SELECT COUNT(*) FROM activity_person x WHERE x.activity_id = a.id AND x.left_at IS NULL) AS taken,
  (SELECT COUNT(*) FROM activity_person x WHERE x.activity_id = a.id AND x.came_at IS NOT NULL) AS came,
  (SELECT IF(x.came_at IS NULL, 'joined', 'came') FROM activity_person x
     WHERE x.activity_id = a.id AND x.person_id = ? AND x.left_at IS NULL) AS mine`;

const toRecord = (row: Record<string, unknown>): ActivityRecord => ({
  ...rowOf<ActivityRecord>(row),
  joined: Number(row['joined']),
  taken: Number(row['taken']),
  came: Number(row['came']),
  mine: (row['mine'] as ActivityRecord['mine'] | null) ?? 'none',
});

export async function activityById(db: Reading, id: string, readerId: string): Promise<ActivityRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(`SELECT ${columns} FROM activity a WHERE a.id = ?`, [
    readerId,
    id,
  ]);
  return row ? toRecord(row) : null;
}

interface Wanted {
  readonly gridIds: readonly string[];
  readonly when: 'coming' | 'past';
  readonly now: Date;
  readonly after: readonly [startsAt: Date, id: string] | undefined;
  readonly limit: number;
}

/** What is next first; what is past, the latest first. */
export async function activitiesIn(db: Reading, readerId: string, wanted: Wanted): Promise<ActivityRecord[]> {
  const { gridIds, when, now, after, limit } = wanted;
  // Of one's own places, and those elsewhere to which one goes.
  const own = 'SELECT j.activity_id FROM activity_person j WHERE j.person_id = ? AND j.left_at IS NULL';
  const [ended, beyond, order] = when === 'coming' ? ['>', '>', 'ASC'] : ['<=', '<', 'DESC'];
  const place = after ? `AND (a.starts_at ${beyond} ? OR (a.starts_at = ? AND a.id ${beyond} ?))` : '';
  const rows = await db.query<Record<string, unknown>>(
    `SELECT ${columns} FROM activity a WHERE (a.grid_id IN (?) OR a.id IN (${own})) AND a.ends_at ${ended} ? ${place}
     ORDER BY a.starts_at ${order}, a.id ${order} LIMIT ?`,
    [
      readerId,
      gridIds.length > 0 ? gridIds : [''],
      readerId,
      now,
      ...(after ? [after[0], after[0], after[1]] : []),
      limit,
    ],
  );
  return rows.map(toRecord);
}

export interface AttendeeRow {
  personId: string;
  name: string;
  homeGridId: string | null;
  joinedAt: Date;
  walkedIn: number;
  cameAt: Date | null;
  markedById: string | null;
}

export const attendeesOf = (db: Reading, activityId: string): Promise<AttendeeRow[]> =>
  db.query<AttendeeRow>(
    `SELECT x.person_id AS personId, p.name, h.grid_id AS homeGridId, x.joined_at AS joinedAt, x.walked_in AS walkedIn,
       x.came_at AS cameAt, x.marked_by_id AS markedById
     FROM activity_person x JOIN person p ON p.id = x.person_id LEFT JOIN household h ON h.id = p.household_id
     WHERE x.activity_id = ? AND (x.left_at IS NULL OR x.came_at IS NOT NULL) ORDER BY x.joined_at, x.id`,
    [activityId],
  );

/** Who hears of a change: those who mean to come. */
export async function joinedBy(
  db: Reading,
  activityId: string,
): Promise<{ title: string; held: boolean; personIds: string[] } | null> {
  const [activity] = await db.query<{ title: string; held: number }>('SELECT title, held FROM activity WHERE id = ?', [
    activityId,
  ]);
  const rows = await db.query<{ personId: string }>(
    'SELECT person_id AS personId FROM activity_person WHERE activity_id = ? AND left_at IS NULL ORDER BY id',
    [activityId],
  );
  if (!activity) return null;
  const { title, held } = activity;
  return { title, held: held !== 0, personIds: rows.map(({ personId }) => personId) };
}

/** The grid in which somebody lives, of people with an account or without; null: nobody, or nowhere. */
export async function homeOfPerson(db: Reading, personId: string): Promise<string | null> {
  const [row] = await db.query<{ gridId: string }>(
    `SELECT h.grid_id AS gridId FROM person p JOIN household h ON h.id = p.household_id
     WHERE p.id = ? AND p.disabled_at IS NULL`,
    [personId],
  );
  return row?.gridId ?? null;
}
