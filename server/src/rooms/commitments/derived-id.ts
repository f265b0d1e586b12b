import { createHash } from 'node:crypto';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID with the time of `id` whose random part follows from both: the same press on the same thing is the same act. */
export function derivedId(id: string, about: string): string {
  const bytes = createHash('sha256').update(`${id} ${about}`).digest();
  const random = Array.from({ length: 16 }, (_, index) => letters[(bytes[index] ?? 0) % letters.length]).join('');
  return id.slice(0, 10) + random;
}
