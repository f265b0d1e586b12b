import { randomBytes } from 'node:crypto';
import { Problem } from '@sandan/shared/problems';
import { addressSubject, noteFailure, refuseTooMany } from '../../foundation/access/failures';
import { enter } from '../../foundation/access/enter';
import type { Db } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { newId } from '../../foundation/ids';
import type { Reference } from '../../foundation/reference/reference';
import { SignInLink } from './desktop-sign-in.entity';
import { isDisabled, openLinkOf, type PrintedLink } from './desktop-sign-in.queries';
import { takeAway } from './second-factor.service';
import { isEnrolled } from '../../foundation/access/second-factor';
import { endAllSessions } from '../../foundation/access/sessions';
import { unlinkAccounts } from '../../foundation/access/unlink-accounts';
import { recordAct, townOfPerson } from '../../foundation/audit/record-act';
import { sha256 } from '../../foundation/fingerprint';

const linkLife = 30 * 60_000;

/** A key that signs this person in once within half an hour. Earlier ones of the person no longer do. */
export async function makeLink(db: Db, personId: string, now: Date): Promise<{ key: string; expiresAt: Date }> {
  const key = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + linkLife);
  await db.write('UPDATE sign_in_link SET used_at = ? WHERE person_id = ? AND used_at IS NULL', [now, personId]);
  await db.insert(SignInLink, [{ id: newId(now), keyHash: sha256(key), personId, createdAt: now, expiresAt }]);
  return { key, expiresAt };
}

/** @throws Problem sign-in.link-unknown (never printed, used, run out: not told apart), sign-in.too-many */
export async function findLink(world: World, key: string, address: string, now: Date): Promise<PrintedLink> {
  const { reading } = world.database;
  const subject = addressSubject(address, 'link');
  const link = await openLinkOf(reading, sha256(key), now);
  // Nobody at the same address can lock him out by guessing.
  if (link) return link;
  await refuseTooMany(reading, subject, now);
  await noteFailure(world, subject, now);
  throw new Problem('sign-in.link-unknown');
}

interface Entering {
  link: PrintedLink;
  device: string | null;
  now: Date;
  reference: Reference;
}

/**
 * Uses the link up and signs in. Whoever may run commands on the server is believed: a second factor that was lost with
 * its phone goes, and the app leads to a new one at once. Whoever holds the lost phone is out, and his WeChat is nobody's:
 * otherwise he would be the first to set up the new factor.
 */
export async function openLink(db: Db, { link: { id, personId }, device, now, reference }: Entering) {
  const mine = await db.write(
    'UPDATE sign_in_link SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?',
    [now, id, now],
  );
  if (mine === 0) throw new Problem('sign-in.link-unknown');
  if (await isDisabled(db, personId)) throw new Problem('session.disabled');
  const facts = {
    tookFactor: await isEnrolled(db, personId),
    ended: await endAllSessions(db, [personId], now),
    unbound: (await unlinkAccounts(db, personId, now)).length,
  };
  await takeAway(db, personId);
  const townId = await townOfPerson(db, personId, now);
  await recordAct(db, { personId, now, townId }, 'openSignInLink', { thingId: personId, facts });
  return enter(db, { personId, channel: 'desktop', device, isNew: false, now, reference });
}
