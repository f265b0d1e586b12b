import { createHash } from 'node:crypto';

/** SHA-256 of what was sent, with its keys in order: tells a repeat from another order under the same id. */
export const fingerprintOf = (sent: unknown): Buffer => createHash('sha256').update(canonical(sent)).digest();

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join(',')}}`;
}
