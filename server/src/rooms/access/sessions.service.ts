import type { accessApi } from '@sandan/shared/access/access.contract';
import { channelNames, unbindsWechat, type AccessReason } from '@sandan/shared/access/access.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Channel } from '../../foundation/access/access.entity';
import type { Caller } from '../../foundation/access/caller';
import { lifeBy, protectionOf } from '../../foundation/access/protection';
import { endAllSessions } from '../../foundation/access/sessions';
import { unlinkAccounts } from '../../foundation/access/unlink-accounts';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { mustReachPerson } from '../../foundation/access/reach-person';

type MySession = ReplyOf<typeof accessApi.sessions>['sessions'][number];

interface Row {
  id: string;
  channel: Channel;
  device: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Those that still work, the present one first, then by when they were last used. */
export async function mySessions(reading: Reading, caller: Caller): Promise<MySession[]> {
  const { personId, sessionId, now } = caller;
  const rows = await reading.query<Row>(
    `SELECT id, channel, device, created_at AS createdAt, last_seen_at AS lastSeenAt FROM session
     WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY id = ? DESC, last_seen_at DESC LIMIT 100`,
    [personId, now, sessionId],
  );
  const rules = protectionOf(caller);
  const alive = rows.filter(({ channel, createdAt, lastSeenAt }) => {
    const { idle, absolute } = lifeBy(rules, channel);
    return now.getTime() - lastSeenAt.getTime() <= idle && now.getTime() - createdAt.getTime() < absolute;
  });
  return alive.map(({ id, channel, device, createdAt, lastSeenAt }) => ({
    ...{ sessionId: id, channel, channelName: channelNames[channel], device, here: id === sessionId },
    ...{ startedAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
  }));
}

/** After how long a computer signs itself out, for the page that lists them. */
export function mySessionRules(caller: Caller): Pick<ReplyOf<typeof accessApi.sessions>, 'desktop'> {
  const { desktopIdleMinutes: idleMinutes, desktopHours: hours } = protectionOf(caller);
  return { desktop: { idleMinutes, hours } };
}

/** One of mine; one that has ended stays ended. @throws Problem request.not-found */
export async function endMySession(db: Db, caller: Caller, sessionId: string): Promise<number> {
  const { personId, now } = caller;
  const ended = await db.write(
    'UPDATE session SET revoked_at = ? WHERE id = ? AND person_id = ? AND revoked_at IS NULL',
    [now, sessionId, personId],
  );
  if (ended > 0) {
    await recordAct(db, caller, 'endSession', { thingId: sessionId });
    return ended;
  }
  const [known] = await db.query('SELECT 1 FROM session WHERE id = ? AND person_id = ?', [sessionId, personId]);
  if (!known) throw new Problem('request.not-found');
  return 1;
}

export async function endMyOtherSessions(db: Db, caller: Caller): Promise<number> {
  const { personId, sessionId, now } = caller;
  const ended = await db.write(
    'UPDATE session SET revoked_at = ? WHERE person_id = ? AND id <> ? AND revoked_at IS NULL',
    [now, personId, sessionId],
  );
  if (ended > 0) await recordAct(db, caller, 'endOtherSessions', { facts: { ended } });
  return ended;
}

interface Ending {
  personId: string;
  judge: () => { reason: AccessReason };
}

/**
 * Out of all his devices. Where the phone may be in other hands his WeChat is nobody's as well, or the thief would open the
 * mini-program once more and be in; the owner is bound again as after any 换绑, which somebody else says yes to.
 */
export async function putOut(db: Db, personId: string, reason: AccessReason, now: Date) {
  const ended = await endAllSessions(db, [personId], now);
  const unbound = unbindsWechat.includes(reason) ? (await unlinkAccounts(db, personId, now)).length : 0;
  return { reason, ended, unbound };
}

/** A lost phone: whoever finds it is signed out. @throws Problem person.not-found, access.forbidden */
export async function endSessionsOf(db: Db, caller: Caller, { personId, judge }: Ending): Promise<number> {
  await mustReachPerson(db, caller, 'person.endSessions', personId);
  const { reason } = judge();
  const facts = await putOut(db, personId, reason, caller.now);
  await recordAct(db, caller, 'endSessionsOf', { thingId: personId, facts });
  return facts.ended;
}
