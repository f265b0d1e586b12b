import type { SubscribeChoice, TemplateMode } from '@sandan/shared/subscriptions/subscription.words';
import type { Db, Reading } from '../database/connect';
import { Subscription } from './subscribe.entity';

/**
 * Credit as WeChat counts it (wechat.md §5.4): of a one-time template each acceptance allows one message. An acceptance may
 * be told twice, by the app and by the push, in any order, hours apart (a phone without network reports late), or by one
 * of them only. So each of the two counts for itself and the larger one holds: neither ever tells more than there were, so
 * we never count more than WeChat does. Where each has lost a different one we count too few, which costs a message in
 * WeChat and none in the inbox.
 */
const accepted = 'GREATEST(by_app, by_push)';
const hasCredit = `(lasting = 1 OR used < ${accepted})`;

export type Teller = 'app' | 'push';

export interface Told {
  readonly openid: string;
  readonly template: { readonly templateId: string; readonly mode: TemplateMode };
  readonly choice: SubscribeChoice;
  readonly at: Date;
  readonly by: Teller;
}

/** Writes down what somebody has answered. The latest answer is remembered, whatever order they are told in. */
export async function noteChoice(db: Db, { openid, template: { templateId, mode }, choice, at, by }: Told) {
  const isAccepted = choice === 'accept';
  const one = (teller: Teller): number => (isAccepted && by === teller ? 1 : 0);
  await ensureRow(db, openid, templateId);
  const isLatest = '(chosen_at IS NULL OR chosen_at <= ?)';
  await db.write(
    `UPDATE subscription SET by_app = by_app + ?, by_push = by_push + ?, lasting = IF(? AND ${isLatest}, 1, lasting),
       choice = IF(${isLatest}, ?, choice), chosen_at = IF(${isLatest}, ?, chosen_at)
     WHERE openid = ? AND template_id = ?`,
    [...[one('app'), one('push'), isAccepted && mode === 'lasting', at, at, choice, at, at, openid, templateId]],
  );
}

const ensureRow = (db: Db, openid: string, templateId: string): Promise<void> =>
  db.upsert(Subscription, [{ openid, templateId, byApp: 0, byPush: 0, used: 0, lasting: 0 }], ['openid']);

/** WeChat has not taken the message: it may be sent another time. */
export const giveBackCredit = (db: Db, openid: string, templateId: string): Promise<number> =>
  db.write(
    'UPDATE subscription SET used = used - 1 WHERE openid = ? AND template_id = ? AND lasting = 0 AND used > 0',
    [...[openid, templateId]],
  );

/** 43101, or switched off in WeChat's settings: nothing is left. Of one template, or of all where the account is gone. */
export const emptyCredit = (db: Db, openid: string, templateId?: string): Promise<number> =>
  db.write(
    `UPDATE subscription SET used = ${accepted}, lasting = 0 WHERE openid = ? ${templateId ? 'AND template_id = ?' : ''}`,
    [openid, ...(templateId ? [templateId] : [])],
  );

/** 用户在微信设置里关掉: told as a push, which may come after a newer acceptance and then means nothing any more. */
export async function switchedOff(
  db: Db,
  { openid, templateId, at }: { openid: string; templateId: string; at: Date },
) {
  await db.write(
    `UPDATE subscription SET used = ${accepted}, lasting = 0, choice = 'reject', chosen_at = ?
     WHERE openid = ? AND template_id = ? AND (chosen_at IS NULL OR chosen_at <= ?)`,
    [at, openid, templateId, at],
  );
}

export interface Sendable {
  readonly personId: string;
  readonly templateId: string;
}

/**
 * Takes one credit for each of these, of the WeChat account that may be sent it; `person template` → the account. Whoever
 * is missing has none. In the order of the key, so that two who take at once do not wait for each other in a ring.
 */
export async function takeCredits(db: Db, wanted: readonly Sendable[]): Promise<ReadonlyMap<string, string>> {
  const chosen = await accountsWithCredit(db, wanted);
  if (chosen.size === 0) return new Map();
  const keys = [...new Map([...chosen.values()].map((each) => [keyOf(each), [each.openid, each.templateId]])).values()];
  const openids = keys.map(([openid]) => openid ?? '');
  // Somebody else's message may have used it up in between: then there is none.
  const left = await db.query<Account>(
    `SELECT openid, template_id AS templateId FROM subscription
     WHERE openid IN (?) AND (openid, template_id) IN (?) AND ${hasCredit} ORDER BY openid, template_id FOR UPDATE`,
    [openids, keys],
  );
  if (left.length === 0) return new Map();
  await db.write(
    `UPDATE subscription SET used = used + IF(lasting = 1, 0, 1) WHERE openid IN (?) AND (openid, template_id) IN (?)`,
    [left.map(({ openid }) => openid), left.map(({ openid, templateId }) => [openid, templateId])],
  );
  const paid = new Set(left.map(keyOf));
  return new Map(
    [...chosen].filter(([, account]) => paid.has(keyOf(account))).map(([key, { openid }]) => [key, openid]),
  );
}

interface Account {
  readonly openid: string;
  readonly templateId: string;
}
const keyOf = ({ openid, templateId }: Account): string => `${openid} ${templateId}`;

/** Of the WeChat accounts that open a person the one to send by: with a long-term consent, else the one that came last. */
async function accountsWithCredit(
  reading: Reading,
  wanted: readonly Sendable[],
): Promise<ReadonlyMap<string, Account>> {
  if (wanted.length === 0) return new Map();
  const rows = await reading.query<Account & { personId: string }>(
    `SELECT a.person_id AS personId, s.openid, s.template_id AS templateId
     FROM wechat_account a JOIN subscription s ON s.openid = a.openid
     WHERE a.person_id IN (?) AND s.template_id IN (?) AND ${hasCredit} ORDER BY s.lasting, a.created_at, a.openid DESC`,
    [[...new Set(wanted.map(({ personId }) => personId))], [...new Set(wanted.map(({ templateId }) => templateId))]],
  );
  // The last of each is the best.
  const best = new Map(rows.map((row) => [`${row.personId} ${row.templateId}`, row]));
  return new Map(
    wanted.flatMap(({ personId, templateId }) => {
      const key = `${personId} ${templateId}`;
      const account = best.get(key);
      return account ? [[key, account] as const] : [];
    }),
  );
}

export interface Standing {
  templateId: string;
  /** Messages that may still be sent; of a long-term acceptance it has no meaning. */
  credit: number;
  lasting: boolean;
  choice: SubscribeChoice | null;
  chosenAt: Date | null;
}

/** What an account has agreed to, template by template. */
export async function standingsOf(reading: Reading, openid: string): Promise<ReadonlyMap<string, Standing>> {
  const rows = await reading.query<Omit<Standing, 'lasting' | 'credit'> & { lasting: number; credit: number }>(
    `SELECT template_id AS templateId, ${accepted} - used AS credit, lasting, choice, chosen_at AS chosenAt
     FROM subscription WHERE openid = ?`,
    [openid],
  );
  return new Map(
    rows.map((row) => [row.templateId, { ...row, credit: Number(row.credit), lasting: Number(row.lasting) === 1 }]),
  );
}
