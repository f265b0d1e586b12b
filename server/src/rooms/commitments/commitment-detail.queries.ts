import type { Stage } from '@sandan/shared/lifecycle';
import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { Visibility } from '@sandan/shared/orders/order.words';
import type { ChangeKind } from '@sandan/shared/commitments/commitment.words';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { dateInJson, jsonObject } from '../../foundation/database/rows';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import type { CommitmentVersion, Content } from './commitment.entity';

export interface StepRow {
  id: string;
  action: string;
  actorId: string | null;
  actorName: string;
  actorRole: string;
  at: Date;
  words: string | null;
  facts: HistoryFacts | null;
  seq: number;
  held: number;
}
interface Answered {
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}
interface Said extends Answered {
  id: string;
  personId: string;
  /** Where the author has agreed to be named. */
  name: string | null;
  words: string;
  held: number;
  at: Date;
}

/** What stands beside a deed in its detail. */
export interface Beside {
  history: StepRow[];
  photos: { id: string; thingId: string; width: number; height: number; ownerId: string; held: number }[];
  versions: CommitmentVersion[];
  opinions: Said[];
  disputes: (Said & { dueAt: Date; upheld: number | null })[];
  changes: (Answered & {
    id: string;
    kind: ChangeKind;
    reason: string;
    content: Content | null;
    byId: string;
    held: number;
    byName: string;
    at: Date;
    decision: 'approved' | 'refused' | null;
  })[];
  /** Only those with words. */
  ratings: { personId: string; stars: number; words: string; held: number }[];
  helpers: { personId: string; name: string }[];
  orders: {
    id: string;
    title: string;
    state: OrderState;
    stage: Stage;
    visibility: Visibility;
    summaryHeld: number;
  }[];
}

const content = [
  'title',
  'words',
  'field',
  'quantity',
  'unit',
  'forGridId',
  'forWords',
  'deadline',
  'money',
  'moneySource',
];
const answered = ['answer', 'answeredBy', 'answeredAt'];
const said = ['id', 'personId', 'words', 'held', 'at', ...answered];

// One row per thing, as JSON, in one statement (see rooms/orders/order-record.ts).
/** The author's last word on it counts, also for what was said before (个人信息保护法 15, 25 条). */
const shownName = `IF((SELECT c.given FROM consent c WHERE c.person_id = p.id AND c.purpose = 'shownName'
  ORDER BY c.at DESC, c.id DESC LIMIT 1) = 1, p.name, NULL)`;

const parts: readonly [name: string, body: string, from: string][] = [
  [
    'history',
    jsonObject('h', ['id', 'action', 'actorId', 'actorName', 'actorRole', 'at', 'words', 'facts', 'seq', 'held']),
    // Not what its clocks have told (deedClock): that is no step of anybody's.
    "history h WHERE h.aggregate_id = ? AND h.thing = 'commitment'",
  ],
  [
    'photo',
    jsonObject('p', ['id', 'thingId', 'width', 'height', 'ownerId', 'held']),
    'history h JOIN photo p ON p.thing_id = h.id WHERE h.aggregate_id = ?',
  ],
  [
    'version',
    jsonObject('v', [...content, 'number', 'byName', 'at', 'reason']),
    'commitment_version v WHERE v.commitment_id = ?',
  ],
  [
    'opinion',
    jsonObject('o', said, { name: shownName }),
    'commitment_opinion o JOIN person p ON p.id = o.person_id WHERE o.commitment_id = ?',
  ],
  [
    'dispute',
    jsonObject('d', [...said, 'dueAt', 'upheld'], { name: shownName }),
    'commitment_dispute d JOIN person p ON p.id = d.person_id WHERE d.commitment_id = ?',
  ],
  [
    'change',
    jsonObject('x', ['id', 'kind', 'reason', 'content', 'byId', 'held', 'byName', 'at', 'decision', ...answered]),
    'commitment_change x WHERE x.commitment_id = ?',
  ],
  [
    'rating',
    jsonObject('g', ['personId', 'stars', 'words', 'held']),
    'commitment_rating g WHERE g.commitment_id = ? AND g.words IS NOT NULL',
  ],
  [
    'helper',
    "JSON_OBJECT('personId', p.id, 'name', p.name)",
    'commitment_helper e JOIN person p ON p.id = e.person_id WHERE e.commitment_id = ?',
  ],
  [
    'order',
    jsonObject('o', ['id', 'title', 'state', 'stage', 'visibility', 'summaryHeld']),
    'commitment_order k JOIN service_order o ON o.id = k.order_id WHERE k.commitment_id = ?',
  ],
];
const sql = parts
  .map(([name, body, from]) => `SELECT '${name}' AS part, ${body} AS body FROM ${from}`)
  .join('\nUNION ALL\n');

const times = ['at', 'dueAt', 'answeredAt'];

function bodyOf<T>(value: unknown): T {
  const body = fromJson<Record<string, unknown>>(value);
  for (const time of times) if (time in body) body[time] = dateInJson(body[time]);
  for (const name of ['facts', 'content']) if (name in body) body[name] = fromJson(body[name]);
  return body as T;
}

const byTime = (one: { at: Date; id?: string }, other: { at: Date; id?: string }): number =>
  +one.at - +other.at || ((one.id ?? '') < (other.id ?? '') ? -1 : 1);

/** Not by time: it would tell who wrote them. */
const byStars = (one: Beside['ratings'][number], other: Beside['ratings'][number]): number =>
  other.stars - one.stars || (one.words < other.words ? -1 : 1);

export async function besideOf(db: Reading, commitmentId: string): Promise<Beside> {
  const rows = await db.query<{ part: string; body: unknown }>(
    sql,
    parts.map(() => commitmentId),
  );
  const of = <T>(part: string): T[] => rows.filter((row) => row.part === part).map(({ body }) => bodyOf<T>(body));
  return {
    history: of<StepRow>('history').sort((one, other) => other.seq - one.seq || byTime(other, one)),
    photos: of<Beside['photos'][number]>('photo').sort((one, other) => (one.id < other.id ? -1 : 1)),
    versions: of<CommitmentVersion>('version').sort((one, other) => one.number - other.number),
    opinions: of<Beside['opinions'][number]>('opinion').sort(byTime),
    disputes: of<Beside['disputes'][number]>('dispute').sort(byTime),
    changes: of<Beside['changes'][number]>('change').sort(byTime),
    ratings: of<Beside['ratings'][number]>('rating').sort(byStars),
    helpers: of('helper'),
    orders: of<Beside['orders'][number]>('order').sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}
