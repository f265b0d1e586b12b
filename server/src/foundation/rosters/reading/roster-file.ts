import { Problem } from '@sandan/shared/problems';
import { startChild, type Child, type Outcome } from '../../children/child';
import { plainSheet, type RawRow, type SheetNotes } from './raw-row';
import type { RosterAnswer, RosterTask } from './roster-worker';

/**
 * Of silence. How long a busy machine takes for a large workbook says nothing; a child that reads gives signs of life, and
 * what there is to read is bounded (raw-row.ts). One that is caught in a loop gives none.
 */
const patienceMs = 60_000;

type RosterChild = Child<RosterTask, RosterAnswer>;

export interface RosterFile {
  /** Batches of rows, read in a child while the last one is worked on. */
  rows(): AsyncGenerator<readonly RawRow[], void>;
  /** Known when all rows have been read. */
  notes(): SheetNotes;
  /** Of the child, for those who measure it. */
  pid: number | undefined;
  /** Ends the child; must be called, however it went. */
  close(): Promise<void>;
}

/**
 * Opens a roster in a child of its own; `isMap`: nothing but GeoJSON will do. Throws the problems of `readXlsx`, `readCsv` and
 * `readGeojson`, `sheet.broken` where the child did not survive.
 */
export async function openRosterFile(path: string, isMap = false): Promise<RosterFile> {
  const child = startChild<RosterTask, RosterAnswer>(new URL('./roster-worker', import.meta.url));
  let notes = plainSheet;
  const ask = async (task: RosterTask): Promise<RosterAnswer> => answered(await withinPatience(child, task));
  const close = async () => {
    child.kill();
    await child.ended;
  };

  async function* rows(): AsyncGenerator<readonly RawRow[], void> {
    let coming = ask({ kind: 'next' });
    for (;;) {
      const answer = await coming;
      if (answer.kind === 'end') {
        notes = answer.notes;
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
    await ask({ kind: 'open', path, isMap });
  } catch (error) {
    await close();
    throw error;
  }
  return { rows, notes: () => notes, pid: child.pid, close };
}

function answered(outcome: Outcome<RosterAnswer>): RosterAnswer {
  if (outcome.kind === 'done') return outcome.result;
  if (outcome.kind === 'refused') throw new Problem(outcome.code, { cause: outcome.cause });
  if (outcome.kind === 'died') throw new Problem('sheet.broken', { cause: outcome.reason });
  throw new Error(outcome.reason);
}

async function withinPatience(child: RosterChild, task: RosterTask): Promise<Outcome<RosterAnswer>> {
  let timer: NodeJS.Timeout | undefined;
  await child.started;
  const silent = new Promise<Outcome<RosterAnswer>>((resolve) => {
    timer = setInterval(() => {
      const isSilent = performance.now() - child.lastSign() > patienceMs;
      if (isSilent) resolve({ kind: 'died', reason: 'no sign of life' });
    }, 1_000);
  });
  try {
    return await Promise.race([child.run(task), silent]);
  } finally {
    clearInterval(timer);
  }
}
