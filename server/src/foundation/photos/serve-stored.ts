import type { FileAnswer } from '../http/implement';
import type { Files } from '../world/files';

const types = { jpg: 'image/jpeg', mp3: 'audio/mpeg', aac: 'audio/aac', m4a: 'audio/mp4', wav: 'audio/wav' } as const;

/** The content type of a stored file, by the extension that the server itself gave to its key. */
export function typeOf(storageKey: string): string {
  const extension = storageKey.slice(storageKey.lastIndexOf('.') + 1);
  const type = Object.entries(types).find(([name]) => name === extension)?.[1];
  if (type === undefined) throw new Error(`no content type for the stored file ${storageKey}`);
  return type;
}

/** `photos/2026-11-22/X.jpg` → `photos/2026-11-22/X.thumb.jpg` */
export const thumbKeyOf = (storageKey: string): string => storageKey.replace(/\.jpg$/, '.thumb.jpg');

/** decisions.md §4.4: one reader's cache may keep it, nobody else's, and the address must not travel on. */
const headers = {
  'Cache-Control': 'private, max-age=3600, immutable',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** A stored photo as a stream. Throws when the storage has lost it. */
export async function servePhoto(files: Files, storageKey: string, size: 'full' | 'thumb'): Promise<FileAnswer> {
  const stream = await files.stream(size === 'thumb' ? thumbKeyOf(storageKey) : storageKey);
  return { type: typeOf(storageKey), headers, stream };
}

/** A stored 小程序码 as a stream. Throws when the storage has lost it. */
export const serveCode = async (files: Files, storageKey: string): Promise<FileAnswer> => ({
  ...{ type: typeOf(storageKey), headers, stream: await files.stream(storageKey) },
});

/**
 * A stored voice note, whole or the part that the `Range` header asks for: iPhones play no sound from a server that
 * cannot give parts. At most 2 MB, so it is read whole. Throws when the storage has lost it.
 */
export async function serveVoice(files: Files, storageKey: string, range: string | undefined): Promise<FileAnswer> {
  const sound = await files.read(storageKey);
  const wanted = parseRange(range, sound.length);
  const answer = (status: number, part: Buffer, more = {}): FileAnswer => ({
    type: typeOf(storageKey),
    status,
    headers: { ...headers, 'Accept-Ranges': 'bytes', ...more },
    stream: part,
    bytes: part.length,
  });
  if (wanted === undefined) return answer(200, sound);
  if (wanted === 'outside') return answer(416, Buffer.alloc(0), { 'Content-Range': `bytes */${sound.length}` });
  const { first, last } = wanted;
  const contentRange = `bytes ${first}-${last}/${sound.length}`;
  return answer(206, sound.subarray(first, last + 1), { 'Content-Range': contentRange });
}

/** One range (RFC 9110 §14); several ranges, or what is none, are answered with the whole file, as it allows. */
function parseRange(
  range: string | undefined,
  length: number,
): { first: number; last: number } | 'outside' | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return undefined;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== '' && to !== '' && Number(from) > Number(to)) return undefined;
  return first > last ? 'outside' : { first, last };
}
