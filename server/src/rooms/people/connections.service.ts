import { randomBytes, randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { roleNames } from '@sandan/shared/access/roles';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { connectionsApi } from '@sandan/shared/people/connections.contract';
import { Problem } from '@sandan/shared/problems';
import { browserWords, networkWords } from '../../foundation/access/browser-words';
import type { Caller } from '../../foundation/access/caller';
import { noteFailure, personSubject, refuseTooMany } from '../../foundation/access/failures';
import { maskName } from '../../foundation/access/masking';
import { placeName } from '../../foundation/access/nodes';
import { callerById } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { sha256 } from '../../foundation/fingerprint';
import { addressOf } from '../../foundation/http/address';
import { siteOf } from '../../foundation/http/site';
import type { World } from '../../foundation/http/world';
import { newId } from '../../foundation/ids';
import { qrPicture } from '../../foundation/qr-picture';
import { bindPerson } from './bind-person';
import { rosterPerson } from './bindings.queries';
import { PhoneConnection } from './connection.entity';
import { asksOf, connectionAskedBy, connectionByCode, lockedConnection, type Connection } from './connections.queries';

type Api = typeof connectionsApi;
type Asked = ReplyOf<Api['ask']>;
type Seen = ReplyOf<Api['look']>;
type State = Seen['state'];

/** To scan and say yes; then as long again to type the digits. */
const life = 2 * 60_000;
const hour = 60 * 60_000;
const asksAnHour = 20;
/** Of ten thousand numbers; afterwards a new code is needed. */
const mostTries = 3;
/** Whoever gives his account another phone has shown the second factor just now: an unlocked computer is no proof. */
const freshProof = 5 * 60_000;

const stateOf = ({ state, expiresAt }: Connection, now: Date): State =>
  expiresAt <= now && (state === 'waiting' || state === 'confirmed') ? 'expired' : state;

/** Whoever is not there yet has a computer alone: the first administrator, let in by a link. */
function mustBeAtComputer({ channel, grants }: Caller): void {
  if (channel !== 'desktop') throw new Problem('connection.at-computer');
  if (grants.length === 0) throw new Problem('sign-in.posts-only');
}

/** A code for the phone, good for two minutes, for this session alone. @throws Problem connection.at-computer, connection.too-many */
export async function askConnection(
  db: Db,
  caller: Caller,
  { request, world }: { request: IncomingMessage; world: World },
): Promise<Asked> {
  mustBeAtComputer(caller);
  const { personId, sessionId, now } = caller;
  if ((await asksOf(db, personId, new Date(now.getTime() - hour))) >= asksAnHour)
    throw new Problem('connection.too-many');
  const [id, code] = [newId(now), `me-${randomBytes(16).toString('base64url')}`];
  const expiresAt = new Date(now.getTime() + life);
  // Only the newest picture of a session leads anywhere.
  await db.write("UPDATE phone_connection SET state = 'refused' WHERE session_id = ? AND state <> 'done'", [sessionId]);
  const browser = browserWords(request.headers['user-agent']) ?? '不明的浏览器';
  const network = networkWords(addressOf(request, world.config.trustProxy));
  await db.insert(PhoneConnection, [
    {
      ...{ id, codeHash: sha256(code), personId, sessionId, state: 'waiting', browser, network },
      ...{ tries: 0, askedAt: now, expiresAt },
    },
  ]);
  const address = `${siteOf(request, world.config)}/c/${code}`;
  return { connectionId: id, image: qrPicture(address), address, expiresAt: expiresAt.toISOString() };
}

export async function standingOfConnection(db: Reading, caller: Caller, connectionId: string) {
  const found = await connectionAskedBy(db, connectionId, caller.sessionId);
  if (!found) throw new Problem('request.not-found');
  return { state: stateOf(found, caller.now), expiresAt: found.expiresAt.toISOString() };
}

/**
 * The phone's half: a WeChat account on no roll, whose owner is nobody else's person yet. Guessing counts against him.
 * @throws Problem connection.by-phone-only, connection.somebody-already, sign-in.code-unknown, sign-in.too-many
 */
export async function connectionFor(world: World, caller: Caller, code: string): Promise<Connection> {
  const { channel, grants, householdId, personId, now } = caller;
  if (channel === 'desktop') throw new Problem('connection.by-phone-only');
  const { reading } = world.database;
  const subject = personSubject(personId);
  await refuseTooMany(reading, subject, now);
  const found = await connectionByCode(reading, sha256(code));
  if (!found) {
    await noteFailure(world, subject, now);
    throw new Problem('sign-in.code-unknown');
  }
  if (found.personId === personId && found.state === 'done') return found;
  if (grants.length > 0 || householdId !== null) throw new Problem('connection.somebody-already');
  return found;
}

/** What the phone shows: whose account, his name masked, for somebody may have sent him a picture of the code. */
export async function seenByPhone(world: World, caller: Caller, found: Connection): Promise<Seen> {
  const { reading } = world.database;
  const owner = await callerById(reading, world.references, found.personId, caller.now);
  if (!owner) throw new Problem('sign-in.code-unknown');
  const [first] = owner.grants;
  const isMine = found.phonePersonId === caller.personId;
  return {
    ...{ state: stateOf(found, caller.now), browser: found.browser, network: found.network },
    name: maskName(owner.name),
    post: first ? `${placeName(owner.reference.tree, first)}${roleNames[first.role]}` : '',
    ...{
      askedAt: found.askedAt.toISOString(),
      check: isMine && found.state === 'confirmed' ? found.checkDigits : null,
    },
  };
}

/** 是我: once. The same phone again hears the same digits. @throws Problem sign-in.code-used, sign-in.code-expired */
export async function confirmByPhone(db: Db, caller: Caller, found: Connection): Promise<Connection> {
  const { personId, now } = caller;
  const checkDigits = String(randomInt(10_000)).padStart(4, '0');
  const expiresAt = new Date(now.getTime() + life);
  const won = await db.write(
    `UPDATE phone_connection SET state = 'confirmed', phone_person_id = ?, check_digits = ?, expires_at = ?
     WHERE id = ? AND state = 'waiting' AND expires_at > ?`,
    [personId, checkDigits, expiresAt, found.id, now],
  );
  if (won === 1) {
    await recordAct(db, caller, 'confirmConnection', { thingId: found.personId });
    return { ...found, state: 'confirmed', phonePersonId: personId, checkDigits, expiresAt };
  }
  const again = await connectionAskedBy(db, found.id, found.sessionId);
  if (again?.phonePersonId === personId && again.state !== 'refused') return again;
  throw new Problem(again?.state === 'waiting' ? 'sign-in.code-expired' : 'sign-in.code-used');
}

/** 不是我: the computer is told. */
export async function refuseByPhone(db: Db, caller: Caller, found: Connection): Promise<Connection> {
  const refused = await db.write(
    "UPDATE phone_connection SET state = 'refused' WHERE id = ? AND (state = 'waiting' OR phone_person_id = ?) AND state <> 'done'",
    [found.id, caller.personId],
  );
  if (refused > 0) await recordAct(db, caller, 'refuseConnection', { thingId: found.personId });
  return refused > 0 ? { ...found, state: 'refused' } : found;
}

/**
 * The digits are counted in a transaction of their own, because a wrong guess counts although it is refused. Whoever sees
 * them holds the phone: a picture of the code that was sent to somebody else leads to nobody's account.
 * @throws Problem access.second-factor-needed, connection.wrong-check, connection.spent, sign-in.code-expired
 */
export async function checkDigits(
  world: World,
  caller: Caller,
  connectionId: string,
  digits: string,
): Promise<Connection> {
  mustBeAtComputer(caller);
  const { sessionId, provedAt, now } = caller;
  if (provedAt === null || now.getTime() - provedAt.getTime() > freshProof)
    throw new Problem('access.second-factor-needed');
  const outcome = await world.database.transaction(async (db) => {
    const found = await lockedConnection(db, connectionId, sessionId);
    if (!found) return new Problem('request.not-found');
    if (found.state === 'done') return found;
    if (found.state === 'refused') return new Problem('connection.spent');
    if (found.expiresAt <= now) return new Problem('sign-in.code-expired');
    if (found.state === 'waiting') return new Problem('connection.phone-first');
    if (found.checkDigits === digits) return found;
    const tries = found.tries + 1;
    await db.write('UPDATE phone_connection SET tries = ?, state = ? WHERE id = ?', [
      ...[tries, tries >= mostTries ? 'refused' : 'confirmed', found.id],
    ]);
    return new Problem(tries >= mostTries ? 'connection.spent' : 'connection.wrong-check');
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/** Both have said yes: the WeChat account is this person's from now on; the one that was his before is not. */
export async function finishConnection(db: Db, caller: Caller, found: Connection): Promise<{ state: 'done' }> {
  const { personId, now } = caller;
  const { phonePersonId } = found;
  const won = await db.write("UPDATE phone_connection SET state = 'done' WHERE id = ? AND state = 'confirmed'", [
    found.id,
  ]);
  if (won === 0) return { state: 'done' };
  const target = await rosterPerson(db, personId, now);
  // Meanwhile the phone may have been bound to somebody else, and the account closed.
  if (!target || phonePersonId === null || !(await isStillNew(db, phonePersonId, now)))
    throw new Problem('connection.somebody-already');
  await bindPerson(db, { newcomerId: phonePersonId, target, kind: 'connected', byId: personId, now });
  return { state: 'done' };
}

async function isStillNew(db: Reading, personId: string, now: Date): Promise<boolean> {
  const person = await rosterPerson(db, personId, now);
  return person !== null && person.householdId === null && person.posts.length === 0;
}
