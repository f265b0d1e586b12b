import { Problem } from '@sandan/shared/problems';
import { startChild, type Outcome } from '../../children/child';
import type { MergedCells, RawRow } from './raw-row';
import type { RosterAnswer, RosterTask } from './roster-worker';

/** Opening reads all the texts of a workbook, a batch only a piece of its sheet. */
const patienceMs = 60_000;

export interface RosterFile {
  /** Batches of rows, read in a child while the last one is worked on. */
  rows(): AsyncGenerator<readonly RawRow[], void>;
  /** Known when all rows have been read. */
  merged(): readonly MergedCells[];
  /** Of the child, for those who measure it. */
  pid: number | undefined;
  /** Ends the child; must be called, however it went. */
  close(): Promise<void>;
}

/** Opens a roster in a child of its own. Throws the problems of `readXlsx` and `readCsv`, `sheet.broken` where the child did not survive. */
export async function openRosterFile(path: string): Promise<RosterFile> {
  const child = startChild<RosterTask, RosterAnswer>(new URL('./roster-worker', import.meta.url));
  let merged: readonly MergedCells[] = [];
  const ask = async (task: RosterTask): Promise<RosterAnswer> => answered(await withinPatience(child.run(task)));
  const close = async () => {
    child.kill();
    await child.ended;
  };

  async function* rows(): AsyncGenerator<readonly RawRow[], void> {
    let coming = ask({ kind: 'next' });
    for (;;) {
      const answer = await coming;
      if (answer.kind === 'end') {
        merged = answer.merged;
        return;
      }
      if (answer.kind !== 'rows') throw new Error('the child answered something else');
      coming = ask({ kind: 'next' });
      // Whoever stops listening early closes the child; nobody waits for this one then.
      coming.catch(() => undefined);
      yield answer.rows;
    }
  }
  try {
    await ask({ kind: 'open', path });
  } catch (error) {
    await close();
    throw error;
  }
  return { rows, merged: () => merged, pid: child.pid, close };
}

function answered(outcome: Outcome<RosterAnswer>): RosterAnswer {
  if (outcome.kind === 'done') return outcome.result;
  if (outcome.kind === 'refused') throw new Problem(outcome.code, { cause: outcome.cause });
  if (outcome.kind === 'died') throw new Problem('sheet.broken', { cause: outcome.reason });
  throw new Error(outcome.reason);
}

async function withinPatience<Result>(work: Promise<Outcome<Result>>): Promise<Outcome<Result>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome<Result>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'died', reason: 'no answer in time' }), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
