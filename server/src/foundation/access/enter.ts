import { recordAct, townOfPerson } from '../audit/record-act';
import type { Db } from '../database/connect';
import type { World } from '../http/world';
import type { Reference } from '../reference/reference';
import type { Channel } from './access.entity';
import { lifeBy, protectionIn } from './protection';
import { startSession } from './sessions';

export interface SignedIn {
  token: string;
  expiresAt: string;
  personId: string;
  isNew: boolean;
}

/**
 * The trees as this process has them, without asking how old they are: they say only for how long a session may live, and
 * every request that follows goes by the newest.
 */
export const anyReference = ({ references }: Pick<World, 'references'>): Promise<Reference> => references.at(0);

interface Entering {
  personId: string;
  channel: Channel;
  /** Browser and system in words. */
  device: string | null;
  isNew: boolean;
  now: Date;
  reference: Reference;
}

/** A session for somebody who has proved who he is, as long as his county lets one be, and the audit's word of it. */
export async function enter(db: Db, { personId, channel, device, isNew, now, reference }: Entering): Promise<SignedIn> {
  const townId = await townOfPerson(db, personId, now);
  const life = lifeBy(protectionIn(reference, townId), channel);
  const { token, expiresAt } = await startSession(db, personId, channel, now, device, life);
  await recordAct(db, { personId, now, townId }, 'signIn', { facts: { channel, isNew } });
  return { token, expiresAt: expiresAt.toISOString(), personId, isNew };
}
