import sharp from 'sharp';
import { ulid } from 'ulid';
import { mp3 } from './mp3';
import type { Town } from './town';
import type { PersonName } from './town-cast';

/** As small as one can be. */
export const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#bb3322' } })
  .jpeg()
  .toBuffer();

/** Sends a photo of that person's and returns its id. */
export async function photoOf(town: Town, person: PersonName): Promise<string> {
  const id = ulid();
  const sent = await town.as(person).raw('PUT', `/api/photos/${id}`, { body: new Uint8Array(await picture) });
  if (!sent.ok) throw new Error(`the photo was refused: ${await sent.text()}`);
  return id;
}

/** Sends a recording of that person's and returns its id. */
export async function voiceOf(town: Town, person: PersonName): Promise<string> {
  const id = ulid();
  const sent = await town.as(person).raw('PUT', `/api/voices/${id}`, { body: mp3(1.1) });
  if (!sent.ok) throw new Error(`the recording was refused: ${await sent.text()}`);
  return id;
}
