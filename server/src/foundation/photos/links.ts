import type { z } from 'zod';
import type { PhotoLink, VoiceLink } from '@sandan/shared/orders/order.schema';
import type { Photo } from './photo.entity';
import type { SigningKeys } from '../access/signature';
import { heldIn } from '../checks/held-in';
import { signAddress } from './signed-address';
import type { VoiceNote } from './voice-note.entity';

/**
 * What a reply says of a photo: two addresses that open it for an hour or two. The caller has decided who may see it; who
 * was given it while it was shown to everybody loses it when it is held (photos.routes.ts).
 */
export const photoLink = (
  { id, width, height, held = 0 }: Pick<Photo, 'id' | 'width' | 'height'> & Partial<Pick<Photo, 'held'>>,
  signing: SigningKeys,
  now: Date,
  evenHeld = held !== 0,
): z.output<typeof PhotoLink> => ({
  id,
  thumb: signAddress({ kind: 'photo', id, size: 'thumb', evenHeld }, signing, now),
  full: signAddress({ kind: 'photo', id, size: 'full', evenHeld }, signing, now),
  width,
  height,
  ...heldIn(held),
});

export const voiceLink = (
  { id, seconds, words, held = 0 }: Pick<VoiceNote, 'id' | 'seconds' | 'words'> & Partial<Pick<VoiceNote, 'held'>>,
  signing: SigningKeys,
  now: Date,
  evenHeld = held !== 0,
): z.output<typeof VoiceLink> => ({
  id,
  address: signAddress({ kind: 'voice', id, size: 'full', evenHeld }, signing, now),
  seconds,
  words: words || null,
  ...heldIn(held),
});
