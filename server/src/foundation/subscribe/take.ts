import { isDuplicate } from '../database/conflicts';
import type { Database, Db, Reading } from '../database/connect';
import { rowOf } from '../database/rows';
import type { WorkerScope } from '../outbox/outbox';
import type { Reference } from '../reference/reference';
import { takeCredits } from './credit';
import type { WechatMessage, WechatMessageState } from './subscribe.entity';
import { openTemplates, type UsedTemplate } from './templates';

/**
 * What the rooms make of a message when its turn has come: dropped where it is no longer true, later where nobody should
 * be woken, else what it says and where a tap leads.
 */
export type Prepared =
  | { readonly then: 'drop' }
  | { readonly then: 'wait'; readonly until: Date }
  | { readonly then: 'send'; readonly values: Readonly<Record<string, string>>; readonly page: string };

/** A message whose turn has come, and the template that sends it. */
export interface Due {
  readonly message: WechatMessage;
  readonly template: UsedTemplate;
}

/** Of many at once, so that ten cost little more statements than one; by the message's id. */
export type Prepare = (
  db: Db,
  due: readonly Due[],
  at: { readonly now: Date; readonly reference: Reference },
) => Promise<ReadonlyMap<string, Prepared>>;

/** A message that this process is about to send: marked `sending`, its credit taken. */
export interface Taken extends Due {
  readonly openid: string;
  readonly values: Readonly<Record<string, string>>;
  readonly page: string;
}

export interface TakingFrom {
  readonly database: Database;
  readonly prepare: Prepare;
  readonly reference: Reference;
  /** The village's time; leases go by the database's. */
  readonly now: Date;
}

export interface Round {
  readonly toSend: Taken[];
  /** Those that will not be sent, for the metrics. */
  readonly over: Over[];
  /** How many rows moved: 0 means that nothing is due. */
  readonly moved: number;
  /** Of which candidates it has decided. */
  readonly done: ReadonlySet<string>;
}

export interface Over {
  readonly template: string;
  readonly state: WechatMessageState;
}

/** Longer than a call with all its tries and a fetch of the token. */
const leaseSeconds = 60;
/** As many candidates for each that is taken: what another process has in hand is passed by. */
const choice = 4;

export interface Candidate {
  readonly id: string;
  readonly countyId: string;
}

interface Wanted {
  readonly open: readonly UsedTemplate[];
  readonly most: number;
  readonly scope: WorkerScope;
  readonly now: Date;
}

/**
 * Messages that are due, the oldest of each template first, and of each person only the first, so that everybody gets
 * them in order. Nothing is locked and no template that is held is walked through, so that to look costs next to nothing.
 */
export async function dueAmong(reading: Reading, { open, most, scope, now }: Wanted): Promise<Candidate[]> {
  if (open.length === 0) return [];
  const pairs = open.map(({ countyId, kind }) => [countyId, kind]);
  const one = `(SELECT w.id, w.county_id AS countyId, w.next_at AS nextAt FROM wechat_message w
     WHERE w.state = 'waiting' AND w.county_id = ? AND w.template = ? AND w.next_at <= ?
       ${scope.townId ? 'AND w.town_id = ?' : ''}
       AND NOT EXISTS (SELECT 1 FROM wechat_message s WHERE s.in_flight_of = w.person_id)
       AND NOT EXISTS (SELECT 1 FROM wechat_message e WHERE e.person_id = w.person_id AND e.state = 'waiting'
             AND e.next_at <= ? AND (e.county_id, e.template) IN (?) AND (e.at < w.at OR (e.at = w.at AND e.id < w.id)))
     ORDER BY w.next_at, w.id LIMIT ?)`;
  const rows = await reading.query<Candidate & { nextAt: Date }>(
    open.map(() => one).join(' UNION ALL '),
    open.flatMap(({ countyId, kind }) => [
      ...[countyId, kind, now, ...(scope.townId ? [scope.townId] : []), now, pairs, most * choice],
    ]),
  );
  return rows.sort((left, right) => left.nextAt.getTime() - right.nextAt.getTime());
}

/**
 * Takes up to so many of these, each by one process: the rows that another one has locked are skipped, those that it has
 * taken meanwhile are no longer waiting. Two processes that saw the same person at the same moment meet at the unique key
 * of `in_flight_of`; the later one takes nothing and looks again.
 */
export const take = (from: TakingFrom, candidates: readonly Candidate[], most: number): Promise<Round> =>
  from.database
    .transaction(async (db): Promise<Round> => {
      const rows = await locked(db, candidates, from.now, most);
      // Read once the rows are ours: a quota that was used up meanwhile has put one back, and holds its template.
      const open = rows.length > 0 ? await openTemplates(db, from.now) : [];
      const templates = new Map(open.map((each) => [keyOf(each.countyId, each.kind), each]));
      const due = rows.flatMap((message) => {
        const template = templates.get(keyOf(message.countyId, message.template));
        return template ? [{ message, template }] : [];
      });
      // Where another process had them all, more may be due behind them.
      const done = new Set(rows.map(({ id }) => id));
      return { ...(await settle(db, from, due)), moved: Math.max(1, rows.length), done };
    })
    .catch((error: unknown) => {
      if (isDuplicate((error as { cause?: unknown }).cause)) return { toSend: [], over: [], moved: 1, done: new Set() };
      throw error;
    });

const keyOf = (countyId: string, kind: string): string => `${countyId} ${kind}`;

/** Without an order to sort by, which would lock them all: the ids are in the order in which the messages were made. */
async function locked(
  db: Db,
  candidates: readonly Candidate[],
  now: Date,
  most: number,
): Promise<readonly WechatMessage[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT w.* FROM wechat_message w FORCE INDEX (PRIMARY)
     WHERE w.id IN (?) AND w.state = 'waiting' AND w.next_at <= ?
       AND NOT EXISTS (SELECT 1 FROM wechat_message s WHERE s.in_flight_of = w.person_id)
     LIMIT ? FOR UPDATE SKIP LOCKED`,
    [candidates.map(({ id }) => id), now, most],
  );
  return rows.map((row) => rowOf<WechatMessage>(row));
}

/** What a push (subscribe_msg_sent_event) that has come says of the row. */
export const asPushed = "IF(errcode IS NULL, 'sent', 'refused')";

/** A process that was killed over a call: whether WeChat has the message nobody knows, so it is not sent again. */
export async function giveUpOnTheDead({ reading, transaction }: Database, now: Date): Promise<number> {
  const lost = "state = 'sending' AND leased_until < UTC_TIMESTAMP(3)";
  const dead = await reading.query<{ id: string }>(`SELECT id FROM wechat_message WHERE ${lost} ORDER BY id LIMIT 500`);
  if (dead.length === 0) return 0;
  return transaction((db) =>
    db.write(
      `UPDATE wechat_message SET state = IF(confirmed_at IS NULL, 'unknown', ${asPushed}), reason = 'killed',
         in_flight_of = NULL, leased_until = NULL, ended_at = ? WHERE id IN (?) AND ${lost}`,
      [now, dead.map(({ id }) => id)],
    ),
  );
}

type Settled = Pick<Round, 'toSend' | 'over'>;

/** Decides about each message: it is to be sent, it is over, or it goes on waiting. */
async function settle(db: Db, { prepare, now, reference }: TakingFrom, due: readonly Due[]): Promise<Settled> {
  const [old, current] = [
    due.filter(({ message }) => message.expiresAt <= now),
    due.filter(({ message }) => message.expiresAt > now),
  ];
  const prepared = current.length > 0 ? await prepare(db, current, { now, reference }) : new Map<string, Prepared>();
  const of = ({ message }: Due): Prepared => prepared.get(message.id) ?? { then: 'drop' };
  const outdated = current.filter((each) => of(each).then === 'drop');
  await putOff(db, current, of);
  const ready = current.flatMap((each) => {
    const made = of(each);
    return made.then === 'send' ? [{ ...each, values: made.values, page: made.page }] : [];
  });
  const accounts = await takeCredits(
    db,
    ready.map(({ message: { personId }, template: { templateId } }) => ({ personId, templateId })),
  );
  const toSend = ready.flatMap((each): Taken[] => {
    const openid = accounts.get(`${each.message.personId} ${each.template.templateId}`);
    return openid === undefined ? [] : [{ ...each, openid }];
  });
  await markSending(db, toSend, now);
  const sending = new Set(toSend.map(({ message }) => message.id));
  const without = ready.filter(({ message }) => !sending.has(message.id));
  const over = [
    ...(await end(db, old, now, 'dropped', 'tooOld')),
    ...(await end(db, outdated, now, 'dropped', 'outdated')),
    ...(await end(db, without, now, 'noCredit', 'noCredit')),
  ];
  return { toSend, over };
}

async function putOff(db: Db, due: readonly Due[], of: (each: Due) => Prepared): Promise<void> {
  const untils = new Map<number, string[]>();
  for (const each of due) {
    const made = of(each);
    if (made.then !== 'wait') continue;
    const until = made.until.getTime();
    untils.set(until, [...(untils.get(until) ?? []), each.message.id]);
  }
  for (const [until, ids] of untils)
    await db.write('UPDATE wechat_message SET next_at = ? WHERE id IN (?)', [new Date(until), ids]);
}

async function markSending(db: Db, taken: readonly Taken[], now: Date): Promise<void> {
  if (taken.length === 0) return;
  const ids = taken.map(({ message }) => message.id);
  const openids = taken.map(({ openid }) => openid);
  const templateIds = taken.map(({ template }) => template.templateId);
  await db.write(
    `UPDATE wechat_message SET state = 'sending', in_flight_of = person_id, called_at = ?,
       openid = ELT(FIELD(id, ?), ?), template_id = ELT(FIELD(id, ?), ?),
       leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND WHERE id IN (?)`,
    [now, ids, openids, ids, templateIds, ids],
  );
}

async function end(db: Db, due: readonly Due[], now: Date, state: WechatMessageState, reason: string): Promise<Over[]> {
  if (due.length === 0) return [];
  await db.write('UPDATE wechat_message SET state = ?, reason = ?, ended_at = ? WHERE id IN (?)', [
    ...[state, reason, now, due.map(({ message }) => message.id)],
  ]);
  return due.map(({ message: { template } }) => ({ template, state }));
}
