import { consentPurposes, type ConsentPurpose } from '@sandan/shared/privacy/privacy.words';
import { revokedIn, type Revocable } from '@sandan/shared/privacy/revoked.words';
import { protectionIn } from '../../foundation/access/protection';
import { endAllSessions } from '../../foundation/access/sessions';
import { recordAct, townOfPerson } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { newId } from '../../foundation/ids';
import { History, type HistoryFacts } from '../../foundation/outbox/history.entity';
import { clearProfile } from '../../foundation/personal-data/clear-profile';
import { keepFormer } from '../../foundation/personal-data/former-telling';
import type { PushHandler, PushScope, WechatPush } from '../../foundation/world/wechat/push-handler';
import { blockingOf, openClosingOf } from './closing.queries';
import { alarm } from './closing.service';
import { withdrawConsents } from './consents.service';
import { subjectById, type SubjectRow } from './consents.queries';
import { insertOnce } from './insert-once';
import { AccountClosing } from './privacy.entity';
import { forgetRevoked } from './revoked-data';

const day = 24 * 60 * 60_000;
const everyPurpose = Object.keys(consentPurposes) as ConsentPurpose[];

/** By how much our clock and WeChat's may differ. */
const clocksApart = 10 * 60_000;

/**
 * What a push is about was given by then. It may be carried out days later (rooms/wechat/failed-pushes.ts), and what he has
 * given anew since is his newer word.
 */
const givenByOf = ({ at }: WechatPush): Date => new Date(at.getTime() + clocksApart);

/** Whose account it is, with the row locked; null for whoever never came in, who came in anew since, and for the erased. */
async function personBehind(db: Db, push: WechatPush): Promise<SubjectRow | null> {
  const [account] = await db.query<{ personId: string }>(
    'SELECT person_id AS personId FROM wechat_account WHERE openid = ? AND created_at <= ? FOR UPDATE',
    [push.openid, givenByOf(push)],
  );
  return account ? subjectById(db, account.personId) : null;
}

/**
 * 用户注销微信账号 (user_authorization_cancellation): nobody comes in by it any more, and the erasure of what we hold begins
 * as if he had asked for it here, with the same days to think again, because whoever has only changed his WeChat is to be
 * kept (erase-person.service.ts). What stands against it (a post, a task in hand) holds it up and is looked at every day: a
 * village cannot lose its post-holder by a push, and nobody is asked back.
 */
const accountGone: PushHandler = {
  event: 'user_authorization_cancellation',
  run: async ({ db, now, reference }, push) => {
    const { openid } = push;
    const subject = await personBehind(db, push);
    if (!subject) return;
    await db.write('DELETE FROM wechat_account WHERE openid = ?', [openid]);
    const ended = await endAllSessions(db, [subject.id], now);
    const townId = await townOfPerson(db, subject.id, now);
    const others = await db.query('SELECT 1 FROM wechat_account WHERE person_id = ?', [subject.id]);
    const closingId = others.length > 0 ? null : await beginClosing({ db, now, reference }, subject, townId);
    const doer = { personId: subject.id, now, townId };
    await recordAct(db, doer, 'wechatGone', { thingId: subject.id, facts: { closingId, ended } });
  },
};

/** Answers the closing that is open now. */
async function beginClosing(
  { db, now, reference }: PushScope,
  subject: SubjectRow,
  townId: string | null,
): Promise<string> {
  await withdrawConsents(db, subject, { wanted: everyPurpose, now, townId });
  const open = await openClosingOf(db, subject.id);
  if (open) return open.id;
  const blocking = await blockingOf(db, subject.id, now);
  const dueAt = new Date(now.getTime() + protectionIn(reference, townId).thinkingDays * day);
  const id = newId(now);
  const state = blocking.length > 0 ? 'held' : 'waiting';
  const asked = { reason: 'wechat', words: null, askedById: subject.id, askedAt: now, dueAt } as const;
  await insertOnce(db, AccountClosing, [{ id, personId: subject.id, ...asked, state, isOpen: 1 }]);
  await db.insert(DueWork, [alarm(id, townId, dueAt)]);
  const posts = blocking.find(({ block }) => block === 'posts')?.count ?? 0;
  const about = { thing: 'closing', thingId: id, aggregateId: subject.id };
  await db.insert(History, [told(subject, { ...about, action: 'wechatGone', facts: { posts }, townId, now })]);
  return id;
}

/**
 * 用户撤回授权 (user_authorization_revoke): what stands on that permission goes, he is told, and it is written down.
 *
 * The phone: of whoever is on no roster it came by the button alone and goes. On the roster it is the village's own record
 * of how to reach a household, which no word of WeChat's made and none takes away (个人信息保护法 13 条 3 项); what ends is
 * that others see it by his consent. He may have it corrected, and close his account. Nobody signs in by a number, so he is
 * not locked out. The old number is kept under seal for the one use of finding it in what others wrote when he is erased.
 */
const permissionRevoked: PushHandler = {
  event: 'user_authorization_revoke',
  run: async ({ db, now }, push) => {
    const info = push.fields['RevokeInfo'];
    const revoked = revokedIn(typeof info === 'string' || typeof info === 'number' ? String(info) : '');
    const subject = await personBehind(db, push);
    if (!subject || revoked.length === 0) return;
    const townId = await townOfPerson(db, subject.id, now);
    const onRoll = await isOnRoll(db, subject.id);
    const givenBy = givenByOf(push);
    const kept = await givenAnew(db, subject.id, { onRoll, givenBy });
    const gone = revoked.filter((kind) => !kept.includes(kind));
    if (revoked.includes('phone')) {
      await withdrawConsents(db, subject, { wanted: ['publishedPhone'], givenBy, now, townId });
      if (!onRoll && gone.includes('phone')) await dropPhone(db, subject.id, now);
    }
    await forgetRevoked(db, { personId: subject.id, townId, revoked: gone, givenBy, now });
    await recordAct(db, { personId: subject.id, now, townId }, 'revokeWechat', {
      thingId: subject.id,
      facts: { revoked },
    });
    if (gone.length === 0) return;
    const about = { thing: 'person', thingId: subject.id, aggregateId: newId(now) };
    await db.insert(History, [
      told(subject, { ...about, action: 'revokeWechat', facts: { revoked: gone, onRoll }, townId, now }),
    ]);
  },
};

/** What he has given since by his own act: the phone by the button (on the roster: to be shown), nickname and picture. */
async function givenAnew(
  db: Db,
  personId: string,
  { onRoll, givenBy }: { onRoll: boolean; givenBy: Date },
): Promise<Revocable[]> {
  const phone = onRoll
    ? "FROM consent WHERE person_id = ? AND purpose = 'publishedPhone' AND given = 1 AND at > ?"
    : "FROM audit_entry WHERE person_id = ? AND act = 'bindPhone' AND at > ?";
  const rows = await db.query<{ kind: Revocable }>(
    `SELECT 'phone' AS kind ${phone} UNION SELECT 'profile' FROM profile WHERE person_id = ? AND changed_at > ?`,
    [personId, givenBy, personId, givenBy],
  );
  return rows.map(({ kind }) => kind);
}

/** 用户改了微信资料 (user_info_modified): what he gave us of it may be old, and he alone can give it anew (wechat.md §8). */
const profileChanged: PushHandler = {
  event: 'user_info_modified',
  run: async ({ db, now }, push) => {
    const subject = await personBehind(db, push);
    if (!subject) return;
    const kept = await givenAnew(db, subject.id, { onRoll: false, givenBy: givenByOf(push) });
    if (!kept.includes('profile')) await clearProfile(db, subject.id, now);
  },
};

/** Lives in a household, or has or had a post: the office has written him down. */
async function isOnRoll(db: Db, personId: string): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM person p WHERE p.id = ? AND (p.household_id IS NOT NULL OR p.home_organization_id IS NOT NULL
       OR EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id))`,
    [personId],
  );
  return rows.length > 0;
}

async function dropPhone(db: Db, personId: string, now: Date): Promise<void> {
  await keepFormer(db, [personId], ['phone'], now);
  await db.write('UPDATE person SET phone_sealed = NULL, phone_index = NULL WHERE id = ?', [personId]);
}

interface Told {
  thing: string;
  thingId: string;
  aggregateId: string;
  action: string;
  facts: HistoryFacts;
  townId: string | null;
  now: Date;
}

/** He did it himself, on his phone. */
const told = ({ id: actorId, name: actorName }: SubjectRow, { now: at, ...event }: Told): Partial<History> => ({
  ...{ id: newId(at), ...event, seq: 0, actorId, actorName, actorRole: 'resident', onBehalfId: null, at },
  ...{ fromState: null, toState: null, words: null, fannedOutAt: null },
});

export const accountPushes: readonly PushHandler[] = [accountGone, permissionRevoked, profileChanged];
