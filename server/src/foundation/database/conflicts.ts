import { Problem } from '@sandan/shared/problems';

/** MySQL and MariaDB: deadlock, lock wait; lost connections are outside of our doing and repeatable by caller's ids. */
const conflicts = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT']);
const lost = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ER_SERVER_SHUTDOWN']);

/** Without `instanceof`: errors of Node itself are of another realm in jest. */
export const errorCodeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

export const isDuplicate = (error: unknown): boolean => errorCodeOf(error) === 'ER_DUP_ENTRY';

/** Somebody holds a row for longer than we wait. Only the statement is undone; a deadlock undoes the whole transaction. */
export const isLockWait = (error: unknown): boolean => errorCodeOf(error) === 'ER_LOCK_WAIT_TIMEOUT';

/** What {@link repeatOnConflict} gives up with where somebody holds a row for too long. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Problem && (error.code === 'server.busy' || error.code === 'server.held');

/** Thrown inside a transaction when a row changed between reading and writing: the door reads and decides anew. */
export class SomebodyWasQuicker extends Error {}

/** Of a lock wait, which has cost five seconds each: whoever holds a row so long has more to do than a request (an import). */
const mostLockWaits = 2;
/** Seconds after which a held row may well be free. */
const heldFor = 20;

/** Runs `work` anew, whole, where the database or somebody quicker was in the way; then says what was (decisions.md §1.7). */
export async function repeatOnConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (isLockWait(error) && attempt >= mostLockWaits)
        throw new Problem('server.held', { retryAfter: heldFor, cause: error });
      const again = error instanceof SomebodyWasQuicker || conflicts.has(errorCodeOf(error) ?? '');
      if (again && attempt < 4) continue;
      // The outcome of a lost COMMIT is unknown; the caller's ids make the repeat safe (decisions.md §1.5, §8).
      if (isDatabaseAway(error) && attempt < 2) continue;
      // An id that was free when it was looked for is taken now: look again, the second reading says by whom.
      if (isDuplicate(error) && attempt < 2) continue;
      if (isDuplicate(error)) throw new Problem('action.repeated-differently', { cause: error });
      if (error instanceof SomebodyWasQuicker) throw new Problem('version.changed');
      if (conflicts.has(errorCodeOf(error) ?? '')) throw new Problem('server.busy', { retryAfter: 1, cause: error });
      throw error;
    }
  }
}

/** True when the database is away rather than the request wrong: answered by 503, not 500. */
export const isDatabaseAway = (error: unknown): boolean =>
  lost.has(errorCodeOf(error) ?? '') || isMissingSocket(error) || isFatal(error);

/** mysql2 says so of everything that ends a connection; a command on one that has just closed has no code at all. */
const isFatal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true;

/** The socket file goes with its server; any other missing file is not the database's fault. */
const isMissingSocket = (error: unknown): boolean =>
  errorCodeOf(error) === 'ENOENT' && (error as { syscall?: unknown }).syscall === 'connect';
