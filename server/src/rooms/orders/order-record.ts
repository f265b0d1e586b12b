import { fromJson, type Reading, type SqlValue } from '../../foundation/database/connect';
import { dateInJson, jsonObject } from '../../foundation/database/rows';
import type { DueWork } from '../../foundation/due-work/due-work.entity';
import type { Sealed, Vault } from '../../foundation/personal-data/vault';
import type { Order } from './order.entity';
import type { Task, TaskClaim } from './task.entity';

/** What decisions need to know of an order: itself, its tasks and seats, its people, its clocks. One round trip. */
export interface OrderRecord extends Omit<Order, 'fingerprint'> {
  requesterName: string | null;
  beneficiaryPersonName: string | null;
  /** Of the recording, where something was said instead of written. */
  voiceSeconds: number | null;
  tasks: TaskOfRecord[];
  seats: Seat[];
  parties: { personId: string; kind: 'merged' | 'meToo' }[];
  subjectIds: string[];
  answeredIds: string[];
  /** Its place in the latest draw; not read where only a task is acted on. */
  inspection: Inspection | null;
  clocks: DueWork[];
  /** The history row that already carries the caller's action id, wherever it is. */
  repeat: { actorId: string | null; action: string; thingId: string; aggregateId: string } | null;
  /** Tasks the caller has in hand anywhere; only where a task was asked for. */
  load: number;
}

export interface Inspection {
  drawId: string;
  inspectorId: string | null;
  result: 'pass' | 'fault' | 'redo' | null;
  appealed: boolean;
}

/** `assigneeName` is null on a task that was made in this very transaction. */
export type TaskOfRecord = Task & { assigneeName?: string | null };

export type Seat = Pick<
  TaskClaim,
  'taskId' | 'personId' | 'state' | 'promisedAt' | 'at' | 'tries' | 'reason' | 'askedAt' | 'askedIn'
> & {
  name: string;
  kind: string | null;
};

/** Properties of a part by how they come out of JSON: as they are, or as times. */
interface Fields {
  plain: readonly string[];
  times: readonly string[];
}

const orderFields: Fields = {
  plain: [
    ...['id', 'state', 'stage', 'version', 'source', 'requesterId', 'beneficiaryId', 'beneficiaryName', 'householdId'],
    ...['contactName', 'bestTime', 'consent', 'categoryId', 'urgency', 'visibility', 'words', 'title'],
    ...[
      'publicSummary',
      'wordsHeld',
      'summaryHeld',
      'lat',
      'lng',
      'placeGridId',
      'countyId',
      'townId',
      'villageId',
      'groupId',
    ],
    ...['deskGridId', 'deskCountyId', 'deskTownId', 'deskVillageId', 'deskGroupId', 'deskKind', 'deskPersonId'],
    ...['round', 'reopens', 'ruled', 'moves', 'asks', 'suspends', 'objected', 'redirected', 'meToos', 'reminders'],
    ...['supervisions', 'callAttempts', 'question', 'primaryId', 'followsId', 'convertedTo', 'convertedReference'],
    ...['outcome', 'closedHow', 'onTheSpot', 'selfHandled', 'inSample', 'answeredContacted', 'answeredSolved'],
    ...['answeredStars', 'contactInTime', 'placedTownId', 'placedVillageId', 'placedGroupId'],
  ],
  times: ['placedAt', 'acceptedAt', 'reportedAt', 'closedAt', 'resumeAt', 'dueAt'],
};
const taskFields: Fields = {
  plain: [
    ...['id', 'orderId', 'mode', 'state', 'stage', 'version', 'round', 'required', 'replaced', 'overturned'],
    ...['onTheSpot', 'urgency', 'confidential', 'note', 'skill', 'partyMembersOnly', 'places', 'minPlaces', 'taken'],
    ...['scopeGridId', 'scopeCountyId', 'scopeTownId', 'scopeVillageId', 'scopeGroupId', 'assigneeId', 'leadId'],
    ...['receiverId', 'giveBacks', 'extensions', 'fallbackStep', 'unit', 'unitContact', 'letterNumber', 'dueOn'],
    ...['keeperId', 'answer', 'outcome', 'words', 'noPhotoReason', 'link', 'linkOn', 'offeredById'],
  ],
  times: ['offeredAt', 'contactedAt', 'claimedAt', 'promisedAt', 'reportedAt'],
};
const seatFields: Fields = {
  plain: ['taskId', 'personId', 'state', 'tries', 'reason', 'askedIn'],
  times: ['promisedAt', 'at', 'askedAt'],
};
const clockFields: Fields = {
  plain: ['thingId', 'kind', 'aggregateId', 'townId', 'clock', 'limitMinutes', 'usedMinutes', 'rung', 'attempts'],
  times: ['runningSince', 'dueAt', 'nextAt'],
};

const allOf = ({ plain, times }: Fields): string[] => [...plain, ...times];

// A helper's kind stands in the grant; the first one is the one people know him by.
const seatKind = `(SELECT g.kind FROM role_grant g WHERE g.person_id = s.person_id AND g.role = 'helper' ORDER BY g.id LIMIT 1)`;
const nameOf = (id: string) => `(SELECT n.name FROM person n WHERE n.id = ${id})`;

type PartName =
  'order' | 'task' | 'seat' | 'party' | 'subject' | 'answered' | 'inspection' | 'clock' | 'repeat' | 'load';

/** Deciding needs no names but those of who sits in a task (a refusal says who was quicker); showing needs them all. */
type Use = 'deciding' | 'showing';

/** One row per thing, as JSON: an aggregated JSON array in a subquery is dearer (measured: 0.33 ms of MariaDB's time for the tasks, a row 0.05). */
function partsFor(use: Use, which: string): string[] {
  const showing = use === 'showing';
  const names = {
    requesterName: nameOf('o.requester_id'),
    beneficiaryPersonName: nameOf('o.beneficiary_id'),
    voiceSeconds: "(SELECT v.seconds FROM voice_note v WHERE v.thing_id = o.id AND v.thing_kind = 'order' LIMIT 1)",
  };
  const sealed = { contactPhone: 'o.contact_phone_sealed', address: 'o.address_sealed' };
  const part = (name: PartName, orderId: string, body: string, from: string) =>
    `SELECT '${name}' AS part, ${orderId} AS order_id, ${body} AS body FROM ${from} WHERE ${orderId} ${which}`;
  return [
    part(
      'order',
      'o.id',
      jsonObject('o', allOf(orderFields), { ...sealed, ...(showing ? names : {}) }),
      'service_order o',
    ),
    part(
      'task',
      't.order_id',
      jsonObject('t', allOf(taskFields), showing ? { assigneeName: nameOf('t.assignee_id') } : {}),
      'task t',
    ),
    part(
      'seat',
      's.order_id',
      jsonObject('s', allOf(seatFields), { name: 'q.name', ...(showing ? { kind: seatKind } : {}) }),
      'task_claim s JOIN person q ON q.id = s.person_id',
    ),
    part('party', 'y.order_id', "JSON_OBJECT('personId', y.person_id, 'kind', y.kind)", 'order_party y'),
    part('subject', 'u.order_id', "JSON_OBJECT('personId', u.person_id)", 'order_subject u'),
    part('answered', 'w.order_id', "JSON_OBJECT('personId', w.person_id, 'round', w.round)", 'order_answer w'),
    ...(showing ? [inspectionPart(which)] : []),
    part('clock', 'd.aggregate_id', jsonObject('d', allOf(clockFields)), 'due_work d'),
  ];
}

/** Where the inspector stands with it. Who acts on a task need not know. */
const inspectionPart = (which: string): string =>
  `SELECT 'inspection', i.order_id, JSON_OBJECT('drawId', i.draw_id, 'drawnAt', r.drawn_at, 'inspectorId', i.inspector_id,
     'result', i.result, 'appealed', i.appealed_at IS NOT NULL)
   FROM inspection_item i JOIN inspection_draw r ON r.id = i.draw_id WHERE i.order_id ${which}`;
type DrawnRow = Omit<Inspection, 'appealed'> & { drawnAt: string; appealed: number | boolean };

interface PartRow {
  part: PartName;
  order_id: string;
  body: unknown;
}
type Body = Record<string, unknown>;

function bodyOf<T>(row: PartRow, fields: Fields): T {
  const body = fromJson<Body>(row.body);
  for (const time of fields.times) body[time] = dateInJson(body[time]);
  return body as T;
}

/** The latest of the draws it was in. */
function latestOf(drawn: readonly DrawnRow[]): Inspection | null {
  const [latest] = [...drawn].sort((one, other) => (one.drawnAt < other.drawnAt ? 1 : -1));
  if (!latest) return null;
  const { drawId, inspectorId, result, appealed } = latest;
  return { drawId, inspectorId, result, appealed: Number(appealed) === 1 };
}

/** Puts the rows of one order together; null when there is no such order. */
function recordOf(rows: readonly PartRow[], vault: Vault): OrderRecord | null {
  const of = (part: PartName) => rows.filter((row) => row.part === part);
  const bodies = <T>(part: PartName) => of(part).map(({ body }) => fromJson<T>(body));
  const [first] = of('order');
  if (!first) return null;
  const order = bodyOf<
    Omit<Order, 'fingerprint' | 'contactPhone' | 'address'> &
      Partial<Pick<OrderRecord, 'requesterName' | 'beneficiaryPersonName' | 'voiceSeconds'>> & {
        contactPhone: Sealed | null;
        address: Sealed | null;
      }
  >(first, orderFields);
  const answered = bodies<{ personId: string | null; round: number }>('answered');
  return {
    requesterName: null,
    beneficiaryPersonName: null,
    voiceSeconds: null,
    ...order,
    contactPhone: vault.open('order.contactPhone', order.contactPhone),
    address: vault.open('order.address', order.address),
    consent: fromJson<Order['consent']>(order.consent),
    inspection: latestOf(bodies('inspection')),
    tasks: of('task')
      .map((row) => bodyOf<TaskOfRecord>(row, taskFields))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    seats: of('seat').map((row) => ({ kind: null, ...bodyOf<Omit<Seat, 'kind'>>(row, seatFields) })),
    parties: bodies('party'),
    subjectIds: bodies<{ personId: string }>('subject').map(({ personId }) => personId),
    answeredIds: answered.flatMap(({ personId, round }) =>
      personId !== null && round === order.round ? [personId] : [],
    ),
    clocks: of('clock').map((row) => ({
      leasedUntil: null,
      error: null,
      ...bodyOf<Omit<DueWork, 'leasedUntil' | 'error'>>(row, clockFields),
    })),
    repeat: bodies<NonNullable<OrderRecord['repeat']>>('repeat')[0] ?? null,
    load: bodies<{ count: number }>('load')[0]?.count ?? 0,
  };
}

/** Was this action id used before, and for what? */
const repeatPart = `SELECT 'repeat', h.aggregate_id, ${jsonObject('h', ['actorId', 'action', 'thingId', 'aggregateId'])} FROM history h WHERE h.id = ?`;
const loadPart = `SELECT 'load', '', JSON_OBJECT('count', COUNT(*)) FROM task_claim l WHERE l.person_id = ? AND l.state = 'taken'`;

const byOrder = '= ?';
const byTask = '= (SELECT k.order_id FROM task k WHERE k.id = ?)';
const union = (...parts: string[]): string => parts.join('\nUNION ALL\n');
const repeated = (value: SqlValue, times: number): SqlValue[] => Array.from({ length: times }, () => value);

const sqlToDecide = {
  byOrder: [...partsFor('deciding', byOrder), inspectionPart(byOrder)],
  byTask: partsFor('deciding', byTask),
};
const sqlToShow = {
  byOrder: partsFor('showing', byOrder),
  byTask: partsFor('showing', byTask),
  byOrders: partsFor('showing', 'IN (?)'),
};

const load = async (db: Reading, parts: readonly string[], values: readonly SqlValue[]): Promise<OrderRecord | null> =>
  recordOf(await db.query<PartRow>(union(...parts), values, 'prepared'), db.vault);

/** An order to be shown, with everybody's names. */
export const loadRecordToShow = (db: Reading, orderId: string): Promise<OrderRecord | null> =>
  load(db, sqlToShow.byOrder, repeated(orderId, sqlToShow.byOrder.length));

/** The same by one of its tasks. */
export const loadRecordOfTaskToShow = (db: Reading, taskId: string): Promise<OrderRecord | null> =>
  load(db, sqlToShow.byTask, repeated(taskId, sqlToShow.byTask.length));

/** Everything an action on the order needs, and whether its action id was used before. */
export const loadRecord = (db: Reading, orderId: string, actionId: string | null): Promise<OrderRecord | null> =>
  load(db, [...sqlToDecide.byOrder, repeatPart], [...repeated(orderId, sqlToDecide.byOrder.length), actionId]);

/** The same by one of its tasks, with the number of tasks the caller has in hand. */
export const loadRecordOfTask = (
  db: Reading,
  taskId: string,
  actionId: string | null,
  personId: string,
): Promise<OrderRecord | null> =>
  load(
    db,
    [...sqlToDecide.byTask, repeatPart, loadPart],
    [...repeated(taskId, sqlToDecide.byTask.length), actionId, personId],
  );

/** Everything of these orders by their ids, in one statement and in their order. */
export async function loadByIds(db: Reading, ids: readonly string[]): Promise<OrderRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<PartRow>(union(...sqlToShow.byOrders), repeated(ids, sqlToShow.byOrders.length));
  const byOrder = new Map<string, PartRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) byOrder.get(row.order_id)?.push(row);
  return ids.flatMap((id) => recordOf(byOrder.get(id) ?? [], db.vault) ?? []);
}

/** A page: ids first (`idsSql`, in the order of the list), then everything by those ids (stack.md, decisions.md §2.2). */
export async function loadPage(db: Reading, idsSql: string, values: readonly SqlValue[]): Promise<OrderRecord[]> {
  const rows = await db.query<{ id: string }>(idsSql, values);
  return loadByIds(
    db,
    rows.map(({ id }) => id),
  );
}
