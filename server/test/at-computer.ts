import { startSession } from '../src/foundation/access/sessions';
import { clientOf, type Client } from './client';
import type { TestServer } from './server';

/** Somebody at an office computer who has shown his second factor just now. */
export async function atComputer({ world, url, clock }: TestServer, personId: string): Promise<Client> {
  const now = new Date(clock.now());
  const { token } = await world.database.transaction(async (db) => {
    const session = await startSession(db, personId, 'desktop', now);
    await db.write("UPDATE session SET proved_at = ? WHERE person_id = ? AND channel = 'desktop'", [now, personId]);
    return session;
  });
  return clientOf(url, token);
}
