import type { Context, Next } from 'koa';
import { Problem } from '@sandan/shared/problems';

/**
 * The oldest app that still gets on with this server; null while every app ever published does. Updates reach phones
 * over a day or more, so it follows a change of the contract by two releases (decisions.md §5.10).
 */
export const oldestApp: string | null = null;

/** Answers 426 to an app that says of itself, in `X-App-Version`, that it is older. Who says nothing is let in. */
export const refuseOldApps = (oldest: string | null) => async (ctx: Context, next: Next) => {
  if (oldest !== null && isOlder(ctx.get('X-App-Version'), oldest)) throw new Problem('app.too-old');
  await next();
};

/** Compares `1.10.0` part by part, as numbers. What is no version is not older. */
export function isOlder(version: string, than: string): boolean {
  const [ours, theirs] = [partsOf(version), partsOf(than)];
  if (!ours || !theirs) return false;
  const differing = ours.findIndex((part, index) => part !== theirs[index]);
  return differing >= 0 && (ours[differing] ?? 0) < (theirs[differing] ?? 0);
}

const partsOf = (version: string): number[] | undefined =>
  /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(version)?.slice(1).map(Number);
