import { join } from 'node:path';
import { photoBytes, photosApi, voiceBytes } from '@sandan/shared/photos/photos.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, outsideFirst, type FileAnswer } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import { photoLink, voiceLink } from '../../foundation/photos/links';
import { storeDecoded, storeVoice } from '../../foundation/photos/photos.service';
import { servePhoto, serveVoice } from '../../foundation/photos/serve-stored';
import { checkAddress, type StoredPart } from '../../foundation/photos/signed-address';
import type { AddressProof } from '../../foundation/access/signature';
import { takePhoto, takeVoice, type Intake } from '../../foundation/photos/take-upload';
import { photoById, voiceById } from './photos.queries';

const intakeOf = ({ decoder, files, config }: World, maxBytes: number): Intake => ({
  ...{ decoder, files, maxBytes },
  folder: join(config.dataDir, 'uploads'),
});

/** `wx.uploadFile` sends a form, the browser the bytes: the same thing (decisions.md §4.2). */
const uploadPhoto = outsideFirst<typeof photosApi.put | typeof photosApi.post, Awaited<ReturnType<typeof takePhoto>>>({
  before: ({ request, world, now }) => takePhoto(request, intakeOf(world, photoBytes), now),
  write: async ({ db, caller, params, prepared, world, now }) => {
    const upload = { id: params.photoId, ownerId: caller.personId, taken: prepared, now };
    return photoLink(await storeDecoded(db.manager, upload), world.signing, now, true);
  },
});

const uploadVoice = outsideFirst<
  typeof photosApi.putVoice | typeof photosApi.postVoice,
  Awaited<ReturnType<typeof takeVoice>>
>({
  before: ({ request, world, now }) => takeVoice(request, intakeOf(world, voiceBytes), now),
  write: async ({ db, caller, params, prepared, world, now }) => {
    const upload = { id: params.voiceId, ownerId: caller.personId, taken: prepared, now };
    return voiceLink(await storeVoice(db.manager, upload), world.signing, now, true);
  },
});

export const photosRoutes = implement('photos', photosApi, {
  put: uploadPhoto,
  post: uploadPhoto,
  read: async ({ db, world, params, query, now }): Promise<FileAnswer> => {
    const evenHeld = query.held !== undefined;
    believe({ kind: 'photo', id: params.photoId, size: query.size, evenHeld }, query, world, now);
    const photo = await photoById(db, params.photoId);
    if (!photo) throw new Problem('photo.not-found');
    if (photo.held !== 0 && !evenHeld) throw new Problem('photo.held');
    return servePhoto(world.files, photo.storageKey, query.size);
  },
  putVoice: uploadVoice,
  postVoice: uploadVoice,
  readVoice: async ({ db, world, params, query, request, now }): Promise<FileAnswer> => {
    const evenHeld = query.held !== undefined;
    believe({ kind: 'voice', id: params.voiceId, size: 'full', evenHeld }, query, world, now);
    const voice = await voiceById(db, params.voiceId);
    if (!voice) throw new Problem('voice.not-found');
    if (voice.held !== 0 && !evenHeld) throw new Problem('voice.held');
    return serveVoice(world.files, voice.storageKey, request.headers.range);
  },
});

/** Before the database is asked, so that a guessed address does not learn whether there is such a photo. */
function believe(part: StoredPart, proof: AddressProof, { signing }: World, now: Date): void {
  if (!checkAddress(part, proof, signing, now)) throw new Problem('photo.link-expired');
}
