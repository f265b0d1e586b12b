import { newId } from '../../foundation/ids';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { addressSubject, isTelling, noteFailure, refuseTooMany } from '../../foundation/access/failures';
import { enter, type SignedIn } from '../../foundation/access/enter';
import { newcomerName } from '../../foundation/access/newcomer-name';
import { endSessions } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import { isDuplicate, SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import type { Reference } from '../../foundation/reference/reference';
import type { WechatSession } from '../../foundation/world/wechat/client';
import { WechatFailure, type WechatFailureKind } from '../../foundation/world/wechat/call';
import { Person, WechatAccount } from './person.entity';
import { accountOf, demoPersonOf } from './sign-in.queries';

/** What each refusal of WeChat means to the person, and whether it counts against the address. */
const refusals: Record<WechatFailureKind, { code: ProblemCode; counts: boolean }> = {
  badCode: { code: 'sign-in.bad-code', counts: true },
  usedCode: { code: 'sign-in.bad-code', counts: true },
  // Neutral words, and none that have him try again: what WeChat holds against him is no affair of ours (wechat.md §2.1).
  risky: { code: 'sign-in.blocked', counts: true },
  // Answers to a fault of ours, or to other calls.
  refused: { code: 'sign-in.refused', counts: false },
  inactive: { code: 'sign-in.refused', counts: false },
  unknownPerson: { code: 'sign-in.refused', counts: false },
  noConsent: { code: 'sign-in.refused', counts: false },
  badValue: { code: 'sign-in.refused', counts: false },
  overlapping: { code: 'sign-in.refused', counts: false },
  forbiddenWords: { code: 'sign-in.refused', counts: false },
  busy: { code: 'sign-in.wechat-busy', counts: false },
  tooOften: { code: 'sign-in.wechat-busy', counts: false },
  staleToken: { code: 'sign-in.wechat-busy', counts: false },
  configuration: { code: 'sign-in.wechat-busy', counts: false },
  network: { code: 'sign-in.wechat-busy', counts: false },
  away: { code: 'sign-in.wechat-busy', counts: false },
};

/**
 * The first phase of signing in: WeChat's word on the code, without a transaction.
 * @throws Problem sign-in.too-many, sign-in.bad-code, sign-in.blocked, sign-in.refused, sign-in.wechat-busy
 */
export async function exchangeCode(
  reading: Reading,
  world: World,
  { code, address, now }: { code: string; address: string; now: Date },
): Promise<WechatSession> {
  const subject = addressSubject(address, 'wechat');
  await refuseTooMany(reading, subject, now);
  return world.wechat.codeToSession(code).catch(async (failure: unknown) => {
    if (!(failure instanceof WechatFailure)) throw failure;
    const refusal = refusals[failure.kind];
    if (refusal.counts) {
      const refused = refusal.code === 'sign-in.bad-code' ? 'badCode' : 'wechatRefused';
      await noteFailure(world, subject, now, async (db, seen) => {
        // What WeChat holds against somebody takes an account of his; a bad code takes nothing at all.
        if (refused === 'badCode' && !isTelling(seen)) return;
        const facts = { refusal: refused, refusals: seen.inHour } as const;
        await recordAct(db, { personId: null, now, townId: null }, 'signInRefused', { facts });
      });
    }
    throw new Problem(refusal.code, { cause: failure, ...(refusal.counts ? {} : { retryAfter: 5 }) });
  });
}

interface Entrance {
  device: string | null;
  now: Date;
  reference: Reference;
}

/** The second phase: the person behind the account, made at the first time, and a session. */
export async function signInWithWechat(
  db: Db,
  session: WechatSession,
  { device, now, reference }: Entrance,
): Promise<SignedIn> {
  const account = await accountOf(db, session.openid);
  if (!account) {
    const personId = await makePerson(db, session, now);
    return enter(db, { personId, channel: 'wechat', device, isNew: true, now, reference });
  }
  if (account.disabledAt) throw new Problem('session.disabled');
  if (session.unionid && !account.unionid) {
    await db.write('UPDATE wechat_account SET unionid = ? WHERE openid = ?', [session.unionid, session.openid]);
  }
  return enter(db, { personId: account.personId, channel: 'wechat', device, isNew: false, now, reference });
}

/** An unconfirmed resident: may place orders at once, sees nothing of the roster (domain.md §6). */
async function makePerson(db: Db, { openid, unionid }: WechatSession, now: Date): Promise<string> {
  const personId = newId(now);
  const account = { openid, personId, unionid: unionid ?? null, createdAt: now };
  // The account first: of two first sign-ins at once its key lets one pass, and the other reads what that one made.
  await db.insert(WechatAccount, [account]).catch((error: unknown) => {
    throw isDuplicate(error) ? new SomebodyWasQuicker() : error;
  });
  await db.insert(Person, [{ id: personId, name: newcomerName(openid), createdAt: now }]);
  return personId;
}

interface DemoKey extends Entrance {
  key: string;
  /** By which WeChat's stand-in knows him; null where there is none. */
  openid: string | null;
}

/** To the stand-in the person comes through WeChat, so that it can judge what he writes. Returns his openid. */
export async function comeByWechat(reading: Reading, world: World, key: string): Promise<string | null> {
  const person = await demoPersonOf(reading, key);
  if (!person || !world.issueWechatCode) return null;
  const openid = `demo-${person.id}`;
  await world.issueWechatCode(openid, person.name);
  return openid;
}

/** As one of the prepared people, or as anybody by id: there is no such route outside demo and tests. */
export async function signInAsDemo(db: Db, { key, device, now, reference, openid }: DemoKey): Promise<SignedIn> {
  const person = await demoPersonOf(db, key);
  if (!person) throw new Problem('sign-in.unknown-person');
  if (person.disabledAt) throw new Problem('session.disabled');
  if (openid)
    await db.upsert(WechatAccount, [{ openid, personId: person.id, unionid: null, createdAt: now }], ['personId']);
  return enter(db, { personId: person.id, channel: 'demo', device, isNew: false, now, reference });
}

/** Ends this session, or all of the person's. Returns how many ended. */
export async function signOut(db: Db, caller: Caller, everywhere: boolean): Promise<number> {
  const ended = await endSessions(db, caller, everywhere);
  await recordAct(db, caller, 'signOut', { facts: { everywhere, ended } });
  return ended;
}
