import { randomBytes, randomInt } from 'node:crypto';
import type { accessApi } from '@sandan/shared/access/access.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { browserWords, networkWords } from '../../foundation/access/browser-words';
import type { Caller } from '../../foundation/access/caller';
import { addressSubject, noteFailure, personSubject, refuseTooMany } from '../../foundation/access/failures';
import { enter } from '../../foundation/access/enter';
import { recordAct, townOfPerson } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { sha256 } from '../../foundation/fingerprint';
import type { World } from '../../foundation/http/world';
import { newId } from '../../foundation/ids';
import { qrPicture } from '../../foundation/qr-picture';
import type { Reference } from '../../foundation/reference/reference';
import { DesktopSignIn } from './desktop-sign-in.entity';
import {
  askedByCode,
  askedById,
  askedBySecret,
  askedSince,
  isDisabled,
  isUnattended,
  lockedAsked,
  type Asked,
} from './desktop-sign-in.queries';

type Code = ReplyOf<typeof accessApi.askCode>;
type Exchange = ReplyOf<typeof accessApi.exchangeCode>;
type Seen = ReplyOf<typeof accessApi.look>;

const codeLife = 2 * 60_000;
/** Pictures asked for by one address in the life of one: an office has dozens of computers, not hundreds. */
const mostAsked = 200;
/** Of ten thousand numbers; afterwards a new picture is needed. */
const mostTries = 3;

const secretText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Where a request came from and what its browser calls itself. */
export interface Origin {
  address: string;
  userAgent: string | undefined;
  /** The server's own address, as the browser reached it: https://sandan.example.cn */
  site: string;
}

/**
 * A picture for the phone and a secret for this browser alone: without either half the other is worth nothing. The base
 * keeps hashes of both. @throws Problem sign-in.too-many
 */
export async function askCode(db: Db, { address, userAgent, site }: Origin, now: Date): Promise<Code> {
  const addressHash = sha256(address);
  if ((await askedSince(db, addressHash, new Date(now.getTime() - codeLife))) >= mostAsked)
    throw new Problem('sign-in.too-many', { retryAfter: codeLife / 1000 });
  const [code, secret] = [`in-${secretText(16)}`, secretText(32)];
  const expiresAt = new Date(now.getTime() + codeLife);
  const facts = { browser: browserWords(userAgent) ?? '不明的浏览器', network: networkWords(address), addressHash };
  await db.insert(DesktopSignIn, [
    {
      ...{ id: newId(now), codeHash: sha256(code), secretHash: sha256(secret), ...facts },
      ...{ state: 'waiting', tries: 0, askedAt: now, expiresAt },
    },
  ]);
  // The one door for links (decisions.md §5.2); what the code leads to is looked up only by whoever has signed in.
  const link = `${site}/c/${code}`;
  const unattended = await isUnattended(db);
  return { image: qrPicture(link), address: link, secret, expiresAt: expiresAt.toISOString(), unattended };
}

/**
 * Whose secret this is; guessing counts against the address. @throws Problem sign-in.code-unknown, sign-in.too-many
 */
export async function findBySecret(world: World, secret: string, address: string, now: Date): Promise<Asked> {
  const subject = addressSubject(address, 'desktop');
  const asked = await askedBySecret(world.database.reading, sha256(secret));
  if (asked) return asked;
  await refuseTooMany(world.database.reading, subject, now);
  await noteFailure(world, subject, now);
  throw new Problem('sign-in.code-unknown');
}

/** What this browser has in hand. */
interface Attempt {
  /** The digits on the phone, as somebody typed them; undefined while the computer only asks what has become of it. */
  check: string | undefined;
  /** Null while there is nothing to enter by. */
  reference: Reference | null;
  now: Date;
}

/**
 * What has become of it, and a session where the phone has confirmed and its digits were typed here: whoever sent a
 * picture of his own screen to an officer does not see them. Of any number that ask at once with the secret one gets the
 * session. A wrong guess is an answer, not a refusal, so that it counts. @throws Problem sign-in.code-used, session.disabled
 */
export async function exchange(db: Db, asked: Asked, { check, reference, now }: Attempt): Promise<Exchange> {
  const { id, state, personId, browser } = asked;
  if (state === 'used') throw new Problem('sign-in.code-used');
  if (state === 'refused') return { state, signedIn: null };
  if (asked.expiresAt <= now) return { state: 'expired', signedIn: null };
  if (state === 'waiting' || personId === null || reference === null) return { state: 'waiting', signedIn: null };
  if (check === undefined) return { state: 'confirmed', signedIn: null };
  const held = await lockedAsked(db, id);
  if (held?.state !== 'confirmed') return exchange(db, held ?? { ...asked, state: 'used' }, { check, reference, now });
  if (held.checkDigits !== check) return wrongCheck(db, held, { personId, now });
  // Between the phone's yes and this moment the account may have been closed.
  if (await isDisabled(db, personId)) throw new Problem('session.disabled');
  await db.write("UPDATE desktop_sign_in SET state = 'used' WHERE id = ?", [id]);
  const entering = { personId, channel: 'desktop', device: browser, isNew: false, now, reference } as const;
  return { state: 'confirmed', signedIn: await enter(db, entering) };
}

/** `personId`: who said yes on the phone. Whoever sits at the computer is unknown, so the audit names nobody as doing it. */
async function wrongCheck(db: Db, { id, tries }: Asked, { personId, now }: { personId: string; now: Date }) {
  const isOver = tries + 1 >= mostTries;
  const state = isOver ? 'refused' : 'confirmed';
  await db.write('UPDATE desktop_sign_in SET tries = tries + 1, state = ? WHERE id = ?', [state, id]);
  if (!isOver) return { state: 'wrongCheck', signedIn: null } as const;
  const townId = await townOfPerson(db, personId, now);
  await recordAct(db, { personId: null, now, townId }, 'failDesktopCheck', { thingId: personId });
  return { state: 'refused', signedIn: null } as const;
}

/** Posts are worked at computers; a computer does not let another one in, or a session would never end. */
function mayConfirm({ grants, channel }: Caller): void {
  if (channel === 'desktop') throw new Problem('sign-in.by-phone-only');
  if (grants.length === 0) throw new Problem('sign-in.posts-only');
}

/** What the scanned code stands for; guessing counts against the person. @throws Problem sign-in.code-unknown, sign-in.too-many */
export async function findByCode(world: World, caller: Caller, code: string): Promise<Asked> {
  mayConfirm(caller);
  const subject = personSubject(caller.personId);
  await refuseTooMany(world.database.reading, subject, caller.now);
  const asked = await askedByCode(world.database.reading, sha256(code));
  if (asked) return asked;
  await noteFailure(world, subject, caller.now);
  throw new Problem('sign-in.code-unknown');
}

/** For the eyes of the one who confirms: what would be signed in to, from where; then the digits, for him alone. */
export function seen(caller: Caller, asked: Asked): Seen {
  const { state, expiresAt, askedAt, browser, network } = asked;
  const isOver = expiresAt <= caller.now && (state === 'waiting' || state === 'confirmed');
  const isMine = asked.personId === caller.personId;
  return {
    state: isOver ? 'expired' : state,
    ...{ place: placeOf(caller), browser, network },
    ...{ askedAt: askedAt.toISOString(), expiresAt: expiresAt.toISOString() },
    check: isMine && state === 'confirmed' && !isOver ? asked.checkDigits : null,
  };
}

/** 青禾县: the county the person works in, which is the name of the installation. */
function placeOf({ grants, reference: { tree } }: Caller): string {
  const grid = grants.flatMap(({ grids }) => [...grids])[0];
  const top = grid?.county ?? grid?.id;
  return (top && tree.grid(top)?.name) || '三单';
}

/**
 * The phone's word, once. Who says the same again hears the same; who comes after another, or too late, is refused.
 * @throws Problem sign-in.code-expired, sign-in.code-used, sign-in.code-refused
 */
export async function decide(db: Db, caller: Caller, asked: Asked, to: 'confirmed' | 'refused'): Promise<Seen> {
  const { personId, now } = caller;
  const decided: Asked = {
    ...{ ...asked, state: to, personId, decidedAt: now },
    checkDigits: to === 'confirmed' ? String(randomInt(10_000)).padStart(4, '0') : null,
    // As long again to type the digits.
    expiresAt: to === 'confirmed' ? new Date(now.getTime() + codeLife) : asked.expiresAt,
  };
  const changed = await db.write(
    `UPDATE desktop_sign_in SET state = ?, person_id = ?, check_digits = ?, decided_at = ?, expires_at = ?
     WHERE id = ? AND state = 'waiting' AND expires_at > ?`,
    [to, personId, decided.checkDigits, now, decided.expiresAt, asked.id, now],
  );
  if (changed === 0) return decidedBefore(db, caller, asked, to);
  const act = to === 'confirmed' ? 'confirmDesktop' : 'refuseDesktop';
  await recordAct(db, caller, act, { thingId: asked.id });
  return seen(caller, decided);
}

async function decidedBefore(db: Reading, caller: Caller, { id }: Asked, to: Asked['state']): Promise<Seen> {
  const now = await askedById(db, id);
  const isMine = now?.personId === caller.personId;
  if (now && isMine && (now.state === to || (now.state === 'used' && to === 'confirmed'))) return seen(caller, now);
  if (now?.state === 'waiting') throw new Problem('sign-in.code-expired');
  throw new Problem(now?.state === 'refused' ? 'sign-in.code-refused' : 'sign-in.code-used');
}
