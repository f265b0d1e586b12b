import sharp from 'sharp';
import { ulid } from 'ulid';
import type { Town } from './town';
import type { PersonName } from './town-cast';

const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#bb3322' } })
  .jpeg()
  .toBuffer();

/** Sends a photo of that person's and returns its id. */
export async function photoOf(town: Town, person: PersonName): Promise<string> {
  const id = ulid();
  const sent = await town.as(person).raw('PUT', `/api/photos/${id}`, { body: new Uint8Array(await picture) });
  if (!sent.ok) throw new Error(`the photo was refused: ${await sent.text()}`);
  return id;
}
