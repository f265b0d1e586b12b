import { fromJson, type Reading } from '../../foundation/database/connect';
import { dateInJson, rowOf } from '../../foundation/database/rows';
import { type OrderRecord } from './order-record';
import type { AnswerRow, Beside, HistoryRow, SupervisionRow } from './orders.presenter';

/** What stands beside an order in its detail: three statements, whatever its length. */
export async function besideOf(db: Reading, record: OrderRecord): Promise<Beside> {
  const [history, photos, rest] = await Promise.all([
    historyOf(db, record.id),
    photosOf(db, record.id),
    answersAndCalls(db, record.id),
  ]);
  return { history, photos, ...rest };
}

/** Newest first: as it is read. */
async function historyOf(db: Reading, orderId: string): Promise<HistoryRow[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT id, thing, thing_id, action, actor_id, actor_name, actor_role, at, from_state, to_state, words, facts
     FROM history WHERE aggregate_id = ? ORDER BY seq DESC, id DESC LIMIT 200`,
    [orderId],
  );
  return rows.map((row) => ({ ...rowOf<HistoryRow>(row), facts: fromJson<HistoryRow['facts']>(row['facts']) }));
}

async function photosOf(db: Reading, orderId: string): Promise<Beside['photos']> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT p.id, p.thing_id, p.width, p.height FROM photo p WHERE p.thing_id = ?
     UNION ALL
     SELECT p.id, p.thing_id, p.width, p.height FROM history h JOIN photo p ON p.thing_id = h.id WHERE h.aggregate_id = ?
     ORDER BY id`,
    [orderId, orderId],
  );
  return rows.map((row) => rowOf<Beside['photos'][number]>(row));
}

async function answersAndCalls(
  db: Reading,
  orderId: string,
): Promise<Pick<Beside, 'answers' | 'supervisions' | 'voice'>> {
  const [row] = await db.query<{ answers: unknown; supervisions: unknown; voice: unknown }>(
    `SELECT
      (SELECT JSON_ARRAYAGG(JSON_OBJECT('personId', a.person_id, 'personName', p.name, 'method', a.method, 'recordedByName', r.name,
          'contacted', a.contacted, 'solved', a.solved, 'stars', a.stars, 'words', a.words, 'decides', a.decides, 'at', a.at))
        FROM order_answer a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN person r ON r.id = a.recorded_by_id
        WHERE a.order_id = ?) AS answers,
      (SELECT JSON_ARRAYAGG(JSON_OBJECT('byName', s.by_name, 'byRole', s.by_role, 'words', s.words, 'dueOn', s.due_on, 'at', s.at,
          'answeredAt', s.answered_at)) FROM supervision s WHERE s.order_id = ?) AS supervisions,
      (SELECT JSON_OBJECT('id', v.id, 'seconds', v.seconds) FROM voice_note v WHERE v.thing_id = ? LIMIT 1) AS voice`,
    [orderId, orderId, orderId],
  );
  const dated = <T extends { at: Date }>(items: T[]): T[] =>
    items
      .map((item) => ({ ...item, at: dateInJson(item.at) ?? item.at }))
      .sort((one, other) => one.at.getTime() - other.at.getTime());
  const supervisions = dated(fromJson<SupervisionRow[] | null>(row?.supervisions) ?? []);
  return {
    answers: dated(fromJson<AnswerRow[] | null>(row?.answers) ?? []),
    supervisions: supervisions.map((each) => ({ ...each, answeredAt: dateInJson(each.answeredAt) })),
    voice: fromJson<Beside['voice']>(row?.voice ?? null),
  };
}
