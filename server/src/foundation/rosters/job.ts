import type { RosterState } from '@sandan/shared/people/roster.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import type { Database, Db, SqlValue } from '../database/connect';
import type { ReferenceCache } from '../reference/reference';
import type { AnyRoster, RosterOptions, RosterScope } from './roster';

/** A process that has given no sign of life for so many seconds is dead: its work lapses. */
export const patience = 60;

/** One import at work. */
export interface RosterJob {
  readonly database: Database;
  readonly references: ReferenceCache;
  readonly roster: AnyRoster;
  readonly importId: string;
  readonly caller: Caller;
  readonly gridId: string;
  readonly options: RosterOptions;
  readonly signal: AbortSignal;
  /** Told beside the row, for whoever waits at a terminal. */
  readonly onProgress?: (state: RosterState, done: number, whole: number) => void;
}

/** Somebody has cancelled it, or the service is stopping: what was begun is left, and nobody is told of a fault. */
export class NoLongerWanted extends Error {}

/** Where the rows are looked at from: the trees as they stand now. */
export async function scopeOf({
  references,
  caller,
  gridId,
  importId,
  options,
  database,
}: RosterJob): Promise<RosterScope> {
  const reference = await references.current();
  const grid = reference.tree.grid(gridId);
  if (!grid) throw new Problem('grid.not-found');
  const { vault } = database.reading;
  return { importId, grid, options, vault, tree: reference.tree, now: caller.now, caller: { ...caller, reference } };
}

/** Moves it on where it stands as expected. False: it does not. */
export async function moveImport(
  db: Db,
  importId: string,
  from: readonly RosterState[],
  to: RosterState,
  more: Readonly<Record<string, SqlValue>> = {},
): Promise<boolean> {
  const set = Object.keys(more).map((column) => `${column} = ?, `);
  const moved = await db.write(
    `UPDATE roster_import SET ${set.join('')}state = ?, touched_at = UTC_TIMESTAMP(3) WHERE id = ? AND state IN (?)`,
    [...Object.values(more), to, importId, from],
  );
  return moved > 0;
}

/**
 * Says how far it is, over a connection of its own, and that somebody is still at it. Throws {@link NoLongerWanted}.
 * `whole` 0: nobody knows yet.
 */
export async function tellProgress(job: RosterJob, state: RosterState, done: number, whole: number): Promise<void> {
  if (job.signal.aborted) throw new NoLongerWanted('stopping');
  const told = await job.database.transaction((db) =>
    db.write('UPDATE roster_import SET done = ?, whole = ?, touched_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ?', [
      done,
      whole,
      job.importId,
      state,
    ]),
  );
  if (told === 0) throw new NoLongerWanted('cancelled');
  job.onProgress?.(state, done, whole);
}

/** Milliseconds between two signs of life. */
const beatMs = 10_000;

/**
 * Says every few seconds that this process is still at it: how far it is says that too, but one search through a county
 * may take a busy database a minute. Returns what ends it.
 */
function keepAlive({ database, importId }: RosterJob): () => void {
  const beat = () =>
    database.transaction((db) =>
      db.write(
        "UPDATE roster_import SET touched_at = UTC_TIMESTAMP(3) WHERE id = ? AND state IN ('reading', 'checking', 'applying')",
        [importId],
      ),
    );
  // A database that is away stops the work itself, and that is told.
  const timer = setInterval(() => void beat().catch(() => undefined), beatMs);
  return () => clearInterval(timer);
}

/** Runs one step; what stands in its way is kept with the import, where it was begun from a screen that is long gone. */
export async function step(job: RosterJob, work: () => Promise<void>, backTo: RosterState): Promise<void> {
  const end = keepAlive(job);
  try {
    await work();
  } catch (error) {
    if (error instanceof NoLongerWanted && !job.signal.aborted) return;
    await job.database.transaction((db) => giveUp(db, job.importId, backTo, error));
    if (!(error instanceof Problem) && !(error instanceof NoLongerWanted)) throw error;
  } finally {
    end();
  }
}

const giveUp = (db: Db, importId: string, backTo: RosterState, error: unknown): Promise<boolean> => {
  const problem = error instanceof Problem ? error : new Problem('roster.interrupted');
  const fields = problem.fields ? JSON.stringify(problem.fields) : null;
  return moveImport(db, importId, ['reading', 'checking', 'applying'], backTo, {
    problem: problem.code,
    problem_fields: fields,
    done: 0,
  });
};

/** Cuts a long list into statements of bearable length. */
export function* slicesOf<T>(items: readonly T[], length: number): Generator<readonly T[], void> {
  for (let from = 0; from < items.length; from += length) yield items.slice(from, from + length);
}
