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

/** Takes one credit of that account; false where there is none. Never below nothing, however many ask at once. */
export const takeCredit = async (db: Db, openid: string, templateId: string): Promise<boolean> =>
  (await db.write(
    `UPDATE subscription SET used = used + IF(lasting = 1, 0, 1) WHERE openid = ? AND template_id = ? AND ${hasCredit}`,
    [openid, templateId],
  )) > 0;

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

/** Of the WeChat accounts that open this person the one that may be sent this; null: none. */
export async function accountWithCredit(
  reading: Reading,
  personId: string,
  templateId: string,
): Promise<string | null> {
  const [row] = await reading.query<{ openid: string }>(
    `SELECT a.openid FROM wechat_account a JOIN subscription s ON s.openid = a.openid AND s.template_id = ?
     WHERE a.person_id = ? AND ${hasCredit} ORDER BY s.lasting DESC, a.created_at DESC, a.openid LIMIT 1`,
    [templateId, personId],
  );
  return row?.openid ?? null;
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
