import { ulid } from 'ulid';
import { platform } from './platform/platform';

const poolSize = 1024;
let pool: Uint8Array = new Uint8Array(0);
let used = 0;

/** Fetches random bytes ahead of need: in WeChat they come only asynchronously, and an id is wanted at once. */
export async function fillRandomPool(): Promise<void> {
  const bytes = await platform.randomBytes(poolSize);
  if (!bytes) return;
  pool = bytes;
  used = 0;
}

/** 0 ≤ x < 1. Ids are no secrets (the server makes those), so Math.random will do until the pool is filled. */
function random(): number {
  if (used === pool.length - poolSize / 4) void fillRandomPool();
  const byte = pool[used++];
  return byte === undefined ? Math.random() : byte / 256;
}

/** A fresh id for something made on this phone: an order, a photo, one action. */
export const newId = (): string => ulid(Date.now(), random);
