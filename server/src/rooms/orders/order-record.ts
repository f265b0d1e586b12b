import type { Reading, SqlValue } from '../../foundation/database/connect';
import { fromJson } from '../../foundation/database/connect';
import { dateInJson, jsonObject, rowOf } from '../../foundation/database/rows';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Order } from './order.entity';
import type { Task, TaskClaim } from './task.entity';

/** What decisions need to know of an order: itself, its tasks and seats, its people, its clocks. One round trip. */
export interface OrderRecord extends Order {
  requesterName: string | null;
  beneficiaryPersonName: string | null;
  tasks: TaskOfRecord[];
  seats: Seat[];
  parties: { personId: string; kind: 'merged' | 'meToo' }[];
  subjectIds: string[];
  answeredIds: string[];
  clocks: DueWork[];
  /** The history row that already carries the caller's action id, wherever it is. */
  repeat: { actorId: string | null; action: string; thingId: string; aggregateId: string } | null;
  /** Tasks the caller has in hand anywhere; only where a task was asked for. */
  load: number;
}

/** `assigneeName` is null on a task that was made in this very transaction. */
export type TaskOfRecord = Task & { assigneeName?: string | null };

export type Seat = Pick<TaskClaim, 'taskId' | 'personId' | 'state' | 'promisedAt' | 'at' | 'tries' | 'reason'> & {
  name: string;
  kind: string | null;
};

const taskProperties = [
  ...['id', 'orderId', 'mode', 'state', 'stage', 'version', 'round', 'required', 'replaced', 'overturned', 'onTheSpot'],
  ...['urgency', 'confidential', 'note', 'skill', 'partyMembersOnly', 'places', 'minPlaces', 'taken'],
  ...['scopeGridId', 'scopeCountyId', 'scopeTownId', 'scopeVillageId', 'scopeGroupId'],
  ...['assigneeId', 'leadId', 'receiverId', 'giveBacks', 'extensions', 'fallbackStep', 'unit', 'unitContact'],
  ...[
    'letterNumber',
    'dueOn',
    'keeperId',
    'answer',
    'outcome',
    'words',
    'noPhotoReason',
    'link',
    'linkOn',
    'offeredById',
  ],
  ...['offeredAt', 'contactedAt', 'claimedAt', 'promisedAt', 'reportedAt'],
];
const taskTimes = ['offeredAt', 'contactedAt', 'claimedAt', 'promisedAt', 'reportedAt'];

const clockProperties = [
  ...['thingId', 'kind', 'aggregateId', 'townId', 'clock', 'limitMinutes', 'usedMinutes', 'runningSince', 'dueAt'],
  ...['nextAt', 'rung', 'attempts'],
];
const clockTimes = ['runningSince', 'dueAt', 'nextAt'];

// A helper's kind stands in the grant; the first one is the one people know him by.
const seatKind = `(SELECT g.kind FROM role_grant g WHERE g.person_id = s.person_id AND g.role = 'helper' ORDER BY g.id LIMIT 1)`;

const assigneeName = '(SELECT n.name FROM person n WHERE n.id = t.assignee_id)';

const seatFields = `'taskId', s.task_id, 'personId', s.person_id, 'state', s.state, 'promisedAt', s.promised_at, 'at', s.at, 'tries', s.tries, 'reason', s.reason, 'name', q.name`;

/** Deciding needs no names but those of who sits in a task (a refusal says who was quicker); showing needs them all. */
const partsFor = (use: 'deciding' | 'showing') => {
  const showing = use === 'showing';
  const task = jsonObject('t', taskProperties, showing ? { assigneeName } : {});
  const seat = `JSON_OBJECT(${seatFields}${showing ? `, 'kind', ${seatKind}` : ''})`;
  const names = `(SELECT n.name FROM person n WHERE n.id = o.requester_id) AS requester_name,
  (SELECT n.name FROM person n WHERE n.id = o.beneficiary_id) AS beneficiary_person_name,`;
  return `${showing ? names : ''}
  (SELECT JSON_ARRAYAGG(${task}) FROM task t WHERE t.order_id = o.id) AS tasks,
  (SELECT JSON_ARRAYAGG(${seat}) FROM task_claim s JOIN person q ON q.id = s.person_id WHERE s.order_id = o.id) AS seats,
  (SELECT JSON_ARRAYAGG(JSON_OBJECT('personId', y.person_id, 'kind', y.kind)) FROM order_party y WHERE y.order_id = o.id) AS parties,
  (SELECT JSON_ARRAYAGG(u.person_id) FROM order_subject u WHERE u.order_id = o.id) AS subject_ids,
  (SELECT JSON_ARRAYAGG(w.person_id) FROM order_answer w WHERE w.order_id = o.id AND w.round = o.round) AS answered_ids`;
};
const toDecide = partsFor('deciding');
const toShow = partsFor('showing');

const clockPart = `(SELECT JSON_ARRAYAGG(${jsonObject('d', clockProperties)}) FROM due_work d WHERE d.aggregate_id = o.id)`;

const withDates = <T>(item: Record<string, unknown>, times: readonly string[]): T => {
  for (const time of times) item[time] = dateInJson(item[time]);
  return item as T;
};

function recordOf(row: Record<string, unknown>): OrderRecord {
  const list = <T>(name: string) => fromJson<T[] | null>(row[name]) ?? [];
  return {
    requesterName: null,
    beneficiaryPersonName: null,
    ...rowOf<Order>(row),
    consent: fromJson<Order['consent']>(row['consent']),
    tasks: list<Record<string, unknown>>('tasks')
      .map((task) => withDates<TaskOfRecord>(task, taskTimes))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    seats: list<Record<string, unknown>>('seats').map((seat) => withDates<Seat>(seat, ['promisedAt', 'at'])),
    parties: list('parties'),
    subjectIds: list('subject_ids'),
    answeredIds: list('answered_ids'),
    clocks: list<Record<string, unknown>>('clocks').map((clock) => withDates<DueWork>(clock, clockTimes)),
    repeat: row['repeat_action']
      ? {
          actorId: row['repeat_actor'] as string | null,
          action: row['repeat_action'] as string,
          thingId: row['repeat_thing'] as string,
          aggregateId: row['repeat_aggregate'] as string,
        }
      : null,
    load: Number(row['my_load'] ?? 0),
  };
}

const repeatColumns = `h.actor_id AS repeat_actor, h.action AS repeat_action, h.thing_id AS repeat_thing, h.aggregate_id AS repeat_aggregate`;

/** An order to be shown, with everybody's names. */
export async function loadRecordToShow(db: Reading, orderId: string): Promise<OrderRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT o.*, ${toShow}, ${clockPart} AS clocks FROM service_order o WHERE o.id = ?`,
    [orderId],
  );
  return row ? recordOf(row) : null;
}

/** The same by one of its tasks. */
export async function loadRecordOfTaskToShow(db: Reading, taskId: string): Promise<OrderRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT o.*, ${toShow}, ${clockPart} AS clocks FROM task k JOIN service_order o ON o.id = k.order_id WHERE k.id = ?`,
    [taskId],
  );
  return row ? recordOf(row) : null;
}

/** Everything an action on the order needs, and whether its action id was used before. */
export async function loadRecord(db: Reading, orderId: string, actionId: string | null): Promise<OrderRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT o.*, ${toDecide}, ${clockPart} AS clocks, ${repeatColumns}
     FROM service_order o LEFT JOIN history h ON h.id = ? WHERE o.id = ?`,
    [actionId, orderId],
  );
  return row ? recordOf(row) : null;
}

/** The same by one of its tasks, with the number of tasks the caller has in hand. */
export async function loadRecordOfTask(
  db: Reading,
  taskId: string,
  actionId: string | null,
  personId: string,
): Promise<OrderRecord | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT o.*, ${toDecide}, ${clockPart} AS clocks, ${repeatColumns},
            (SELECT COUNT(*) FROM task_claim l WHERE l.person_id = ? AND l.state = 'taken') AS my_load
     FROM task k JOIN service_order o ON o.id = k.order_id LEFT JOIN history h ON h.id = ? WHERE k.id = ?`,
    [personId, actionId, taskId],
  );
  return row ? recordOf(row) : null;
}

/** Ids first, then joins (stack.md): `idsSql` selects the ids of one page; rows come in the order of `orderBy`. */
export async function loadPage(
  db: Reading,
  idsSql: string,
  values: readonly SqlValue[],
  orderBy: string,
): Promise<OrderRecord[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT o.*, ${toShow}, ${clockPart} AS clocks FROM (${idsSql}) page JOIN service_order o ON o.id = page.id ORDER BY ${orderBy}`,
    values,
  );
  return rows.map(recordOf);
}
