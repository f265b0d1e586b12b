import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import type { Db } from '../database/connect';
import type { WechatFailure } from '../world/wechat/call';
import { emptyCredit, giveBackCredit } from './credit';
import type { WechatMessageState } from './subscribe.entity';
import { asPushed, type Taken } from './take';
import { endSilence, holdTemplates, noteFault, noteSilence } from './templates';

/** How a call ended: WeChat took the message, or why not. */
export type Outcome = 'sent' | WechatFailure | Error;

const second = 1_000;
const minute = 60 * second;
/** Between two tries of one person's messages: 5 s, 15 s, 1 min, then every 5 min until they are too old. */
const pauses = [5 * second, 15 * second, minute, 5 * minute];
const mendPause = 10 * minute;

/** WeChat was asked to send, no answer came, and it may have done so (wechat.md §5.1: it gives no id to ask by). */
const mayBeSent = (failure: WechatFailure): boolean => failure.mayBeDone && failure.call === 'sendSubscribeMessage';

/** A call that has ended. */
export interface Ended {
  readonly taken: Taken;
  readonly outcome: Outcome;
}

/** Writes down how these ended, in one transaction; returns what to count, in the same order. */
export async function writeOutcomes(db: Db, ended: readonly Ended[], now: Date): Promise<WechatMessageState[]> {
  const sent = ended.filter(({ outcome }) => outcome === 'sent').map(({ taken }) => taken);
  await endSent(db, sent, now);
  for (const template of new Set(sent.map((each) => each.template)))
    if (template.faultErrcode !== null) await noteFault(db, template, null);
  for (const countyId of new Set(ended.filter(wasSilent).map(({ taken }) => taken.template.countyId)))
    await endSilence(db, countyId);
  const states: WechatMessageState[] = [];
  for (const { taken, outcome } of ended)
    states.push(outcome === 'sent' ? 'sent' : await writeFailure(db, taken, outcome, now));
  for (const countyId of new Set(ended.filter(hearsNothing).map(({ taken }) => taken.template.countyId)))
    await noteSilence(db, countyId, now);
  return states;
}

/** WeChat has answered, whatever it said, after it had not for a while. */
const wasSilent = ({ taken, outcome }: Ended): boolean =>
  taken.template.silent > 0 && (outcome === 'sent' || (isFailure(outcome) && outcome.errcode !== null));
/** No answer, or not even asked, because others have had none. */
const hearsNothing = ({ outcome }: Ended): boolean =>
  outcome !== 'sent' && isFailure(outcome) && (outcome.kind === 'network' || outcome.kind === 'away');

async function endSent(db: Db, sent: readonly Taken[], now: Date): Promise<void> {
  if (sent.length === 0) return;
  await db.write(`${ending} AND id IN (?)`, ['sent', null, null, now, sent.map(({ message }) => message.id)]);
}

/**
 * A repeat annoys and costs consent, a loss costs little because the inbox has the message: so whatever may have arrived
 * is not sent again (at most once), and whatever certainly has not is tried again, with pauses.
 */
async function writeFailure(
  db: Db,
  taken: Taken,
  outcome: WechatFailure | Error,
  now: Date,
): Promise<WechatMessageState> {
  const { message, template, openid } = taken;
  // Not WeChat's doing, such as the database that keeps the token: nothing was sent.
  if (!isFailure(outcome)) return tryAgain(db, taken, pauseOf(message.attempts), now);
  const { kind, errcode } = outcome;
  if (mayBeSent(outcome)) return end(db, taken, now, { state: 'unknown', reason: 'noAnswer' });
  switch (kind) {
    case 'noConsent':
      await emptyCredit(db, openid, template.templateId);
      return end(db, taken, now, { state: 'noCredit', reason: 'noConsent', errcode });
    case 'unknownPerson':
      // The account itself stays: only a sign-in, which WeChat answers, says whose it is.
      await emptyCredit(db, openid);
      return end(db, taken, now, { state: 'refused', reason: kind, errcode });
    case 'configuration':
      await noteFault(db, template, { errcode: errcode ?? 0, field: null, at: now });
      await holdTemplates(db, { ...template, until: after(now, mendPause) });
      return tryAgain(db, taken, 0, now);
    case 'tooOften':
      await holdTemplates(db, { countyId: template.countyId, until: quotaEnd(errcode, now) });
      return tryAgain(db, taken, 0, now);
    case 'away':
      return tryAgain(db, taken, 0, now);
    case 'busy':
    case 'network':
    case 'overlapping':
    case 'staleToken':
      return tryAgain(db, taken, pauseOf(message.attempts), now);
    default:
      await giveBackCredit(db, openid, template.templateId);
      await noteFault(db, template, { errcode: errcode ?? 0, field: outcome.field ?? null, at: now });
      return end(db, taken, now, { state: 'refused', reason: kind, errcode });
  }
}

/** Without `instanceof`: the class may be of another realm in jest. */
const isFailure = (outcome: WechatFailure | Error): outcome is WechatFailure => outcome.name === 'WechatFailure';

const after = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const pauseOf = (attempts: number): number => pauses[Math.min(attempts, pauses.length - 1)] ?? minute;

/** 45009, 44993: the day's quota, until tomorrow; 44990 a second's; 45011, 44991: the next minute (wechat.md §1). */
function quotaEnd(errcode: number | null, now: Date): Date {
  if (errcode === 45009 || errcode === 44993) return new Date(startOfChinaDay(chinaDay(now.getTime()) + 1) + minute);
  if (errcode === 44990) return after(now, second);
  return new Date(Math.floor(now.getTime() / minute) * minute + minute);
}

// Where WeChat's push was quicker than its answer, it has said how it ended. Given up as unknown meanwhile: now it is known.
// By its key, so that nobody waits for what other processes have under way.
const ending = `UPDATE wechat_message FORCE INDEX (PRIMARY) SET state = IF(confirmed_at IS NULL, ?, ${asPushed}), reason = ?,
   errcode = COALESCE(errcode, ?), ended_at = ?, in_flight_of = NULL, leased_until = NULL
 WHERE state IN ('sending', 'unknown')`;

interface End {
  readonly state: WechatMessageState;
  readonly reason?: string;
  readonly errcode?: number | null;
}

async function end(
  db: Db,
  { message }: Taken,
  now: Date,
  { state, reason, errcode }: End,
): Promise<WechatMessageState> {
  await db.write(`${ending} AND id = ?`, [state, reason ?? null, errcode ?? null, now, message.id]);
  return state;
}

/** Back to the others, its credit too. Whatever else waits for this person waits as long, so that the order stays. */
async function tryAgain(db: Db, taken: Taken, pause: number, now: Date): Promise<WechatMessageState> {
  const { message, template, openid } = taken;
  const back = await db.write(
    `UPDATE wechat_message SET state = 'waiting', attempts = attempts + 1, in_flight_of = NULL, leased_until = NULL,
       openid = NULL, template_id = NULL, called_at = NULL WHERE id = ? AND state = 'sending' AND confirmed_at IS NULL`,
    [message.id],
  );
  if (back === 0) return end(db, taken, now, { state: 'unknown', reason: 'noAnswer' });
  await giveBackCredit(db, openid, template.templateId);
  const until = after(now, pause);
  await db.write("UPDATE wechat_message SET next_at = ? WHERE person_id = ? AND state = 'waiting' AND next_at < ?", [
    until,
    message.personId,
    until,
  ]);
  return 'waiting';
}
