import { fromJson, type Reading } from '../../foundation/database/connect';
import { dateInJson } from '../../foundation/database/rows';
import { type OrderRecord } from './order-record';
import type { AnswerRow, Beside, HistoryRow, SupervisionRow } from './beside.presenter';

const historyFields = `'id', h.id, 'thing', h.thing, 'thingId', h.thing_id, 'action', h.action, 'actorId', h.actor_id, 'actorName', h.actor_name,
  'actorRole', h.actor_role, 'at', h.at, 'fromState', h.from_state, 'toState', h.to_state, 'words', h.words, 'facts', h.facts, 'seq', h.seq, 'held', h.held`;
const photoFields = `'id', p.id, 'thingId', p.thing_id, 'width', p.width, 'height', p.height,
  'ownerId', p.owner_id, 'held', p.held`;

// One row per thing, as JSON, in one statement: like the record itself (order-record.ts).
const besideSql = `
SELECT 'history' AS part, JSON_OBJECT(${historyFields}) AS body FROM history h WHERE h.aggregate_id = ?
UNION ALL
SELECT 'photo', JSON_OBJECT(${photoFields}) FROM photo p WHERE p.thing_id = ?
UNION ALL
SELECT 'photo', JSON_OBJECT(${photoFields}) FROM history h JOIN photo p ON p.thing_id = h.id WHERE h.aggregate_id = ?
UNION ALL
SELECT 'answer', JSON_OBJECT('personId', a.person_id, 'personName', p.name, 'method', a.method, 'recordedByName', r.name,
    'contacted', a.contacted, 'solved', a.solved, 'stars', a.stars, 'words', a.words, 'decides', a.decides, 'at', a.at)
  FROM order_answer a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN person r ON r.id = a.recorded_by_id WHERE a.order_id = ?
UNION ALL
SELECT 'supervision', JSON_OBJECT('byName', s.by_name, 'byRole', s.by_role, 'words', s.words, 'dueOn', s.due_on, 'at', s.at,
    'answeredAt', s.answered_at) FROM supervision s WHERE s.order_id = ?
UNION ALL
SELECT 'voice', JSON_OBJECT('id', v.id, 'seconds', v.seconds, 'held', v.held, 'words', v.words) FROM voice_note v WHERE v.thing_id = ?`;

/** What stands beside an order in its detail: history newest first, photos, answers, supervisions, the voice note. */
export async function besideOf(db: Reading, { id }: Pick<OrderRecord, 'id'>): Promise<Beside> {
  const rows = await db.query<{ part: string; body: unknown }>(besideSql, [id, id, id, id, id, id]);
  const of = <T>(part: string): T[] => rows.filter((row) => row.part === part).map(({ body }) => fromJson<T>(body));
  const dated = <T extends { at: Date }>(items: T[]): T[] =>
    items
      .map((item) => ({ ...item, at: dateInJson(item.at) ?? item.at }))
      .sort((one, other) => one.at.getTime() - other.at.getTime());
  const history = dated(of<HistoryRow & { seq: number }>('history')).sort(
    (one, other) => other.seq - one.seq || (one.id < other.id ? 1 : -1),
  );
  return {
    history: history.map((row) => ({ ...row, facts: fromJson<HistoryRow['facts']>(row.facts) })),
    photos: of<Beside['photos'][number]>('photo').sort((one, other) => (one.id < other.id ? -1 : 1)),
    voice: of<NonNullable<Beside['voice']>>('voice')[0] ?? null,
    answers: dated(of<AnswerRow>('answer')),
    supervisions: dated(of<SupervisionRow>('supervision')).map((each) => ({
      ...each,
      answeredAt: dateInJson(each.answeredAt),
    })),
  };
}
