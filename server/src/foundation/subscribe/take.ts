import { isDuplicate } from '../database/conflicts';
import type { Database, Db } from '../database/connect';
import { rowOf } from '../database/rows';
import type { WorkerScope } from '../outbox/outbox';
import type { Reference } from '../reference/reference';
import { accountWithCredit, takeCredit } from './credit';
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

export type Prepare = (
  db: Db,
  message: WechatMessage,
  template: UsedTemplate,
  at: { readonly now: Date; readonly reference: Reference },
) => Promise<Prepared>;

/** A message that this process is about to send: marked `sending`, its credit taken. */
export interface Taken {
  readonly message: WechatMessage;
  readonly template: UsedTemplate;
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
}

export interface Over {
  readonly template: string;
  readonly state: WechatMessageState;
}

/** Longer than a call with all its tries and a fetch of the token. */
const leaseSeconds = 60;

/**
 * Takes up to so many messages that are due, each by one process (SKIP LOCKED) and of each person only the first, so that
 * nobody gets two at once and everybody gets them in order. Two processes that saw the same person at the same moment meet
 * at the unique key of `in_flight_of`; the later one takes nothing and looks again.
 */
export const takeDue = (from: TakingFrom, most: number, scope: WorkerScope): Promise<Round> =>
  from.database
    .transaction(async (db): Promise<Round> => {
      const given = await giveUpOnTheDead(db, from.now);
      const open = new Map((await openTemplates(db, from.now)).map((each) => [keyOf(each.countyId, each.kind), each]));
      const [toSend, over]: [Taken[], Over[]] = [[], []];
      const due = open.size === 0 ? [] : await dueRows(db, from.now, { most, scope, open: [...open.values()] });
      for (const message of due) {
        const template = open.get(keyOf(message.countyId, message.template));
        if (!template) continue;
        const settled = await settle(db, from, message, template);
        if (settled && 'openid' in settled) toSend.push(settled);
        else if (settled) over.push(settled);
      }
      return { toSend, over, moved: given + due.length };
    })
    .catch((error: unknown) => {
      if (isDuplicate((error as { cause?: unknown }).cause)) return { toSend: [], over: [], moved: 1 };
      throw error;
    });

const keyOf = (countyId: string, kind: string): string => `${countyId} ${kind}`;

/** What a push (subscribe_msg_sent_event) that has come says of the row. */
export const asPushed = "IF(errcode IS NULL, 'sent', 'refused')";

/** A process that was killed over a call: whether WeChat has the message nobody knows, so it is not sent again. */
const giveUpOnTheDead = (db: Db, now: Date): Promise<number> =>
  db.write(
    `UPDATE wechat_message SET state = IF(confirmed_at IS NULL, 'unknown', ${asPushed}), reason = 'killed', in_flight_of = NULL,
       leased_until = NULL, ended_at = ?
     WHERE state = 'sending' AND leased_until < UTC_TIMESTAMP(3)`,
    [now],
  );

interface Wanted {
  readonly most: number;
  readonly scope: WorkerScope;
  readonly open: readonly UsedTemplate[];
}

async function dueRows(db: Db, now: Date, { most, scope, open }: Wanted): Promise<WechatMessage[]> {
  const pairs = open.map(({ countyId, kind }) => [countyId, kind]);
  const rows = await db.query<Record<string, unknown>>(
    `SELECT w.* FROM wechat_message w
     WHERE w.state = 'waiting' AND w.next_at <= ? AND (w.county_id, w.template) IN (?)
       ${scope.townId ? 'AND w.town_id = ?' : ''}
       AND NOT EXISTS (SELECT 1 FROM wechat_message s WHERE s.in_flight_of = w.person_id)
       AND NOT EXISTS (SELECT 1 FROM wechat_message e WHERE e.person_id = w.person_id AND e.state = 'waiting'
             AND e.next_at <= ? AND (e.county_id, e.template) IN (?) AND (e.at < w.at OR (e.at = w.at AND e.id < w.id)))
     ORDER BY w.next_at, w.id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [now, pairs, ...(scope.townId ? [scope.townId] : []), now, pairs, most],
  );
  return rows.map((row) => rowOf<WechatMessage>(row));
}

/** Decides about one message: it is to be sent, it is over, or it goes on waiting (null). */
async function settle(
  db: Db,
  { prepare, now, reference }: TakingFrom,
  message: WechatMessage,
  template: UsedTemplate,
): Promise<Taken | Over | null> {
  if (message.expiresAt <= now) return ended(db, message, now, 'dropped', 'tooOld');
  const prepared = await prepare(db, message, template, { now, reference });
  if (prepared.then === 'drop') return ended(db, message, now, 'dropped', 'outdated');
  if (prepared.then === 'wait') {
    await db.write('UPDATE wechat_message SET next_at = ? WHERE id = ?', [prepared.until, message.id]);
    return null;
  }
  const openid = await accountWithCredit(db, message.personId, template.templateId);
  // Somebody else's message may have used it up in between: then there is none.
  if (openid === null || !(await takeCredit(db, openid, template.templateId)))
    return ended(db, message, now, 'noCredit', 'noCredit');
  await db.write(
    `UPDATE wechat_message SET state = 'sending', in_flight_of = person_id, openid = ?, template_id = ?, called_at = ?,
       leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND WHERE id = ?`,
    [openid, template.templateId, now, message.id],
  );
  return { message, template, openid, values: prepared.values, page: prepared.page };
}

async function ended(
  db: Db,
  { id, template }: WechatMessage,
  now: Date,
  state: WechatMessageState,
  reason: string,
): Promise<Over> {
  await db.write('UPDATE wechat_message SET state = ?, reason = ?, ended_at = ? WHERE id = ?', [
    ...[state, reason, now, id],
  ]);
  return { template, state };
}
