import { open } from 'node:fs/promises';
import { Problem } from '@sandan/shared/problems';
import { answerJobs } from '../../children/answer-jobs';
import type { FileRows, RawRow, SheetNotes } from './raw-row';
import { readCsv } from './read-csv';
import { readGeojson } from './read-geojson';
import { readXlsx } from './read-xlsx';

/**
 * The entry of the child that opens a roster: a bomb or a poisoned file takes this process and not the service. It is asked
 * for one batch after the other and never runs ahead of whoever asks. The parent's side is roster-file.ts.
 */
export type RosterTask =
  { readonly kind: 'open'; readonly path: string; readonly isMap: boolean } | { readonly kind: 'next' };
export type RosterAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'rows'; readonly rows: readonly RawRow[] }
  | { readonly kind: 'end'; readonly notes: SheetNotes };

let file: FileRows | null = null;

answerJobs<RosterTask, RosterAnswer>(async (task) => {
  if (task.kind === 'open') {
    file = task.isMap ? await readGeojson(task.path) : await openRoster(task.path);
    return { kind: 'opened' };
  }
  if (!file) throw new Error('asked for rows of no file');
  const { done, value } = await file.rows.next();
  return done ? { kind: 'end', notes: file.notes() } : { kind: 'rows', rows: value };
});

/** By its first bytes, whatever its name says. */
async function openRoster(path: string): Promise<FileRows> {
  const start = await firstBytes(path);
  // The format before 2007, and whatever was locked with a password.
  if (start.equals(Buffer.from('d0cf11e0', 'hex'))) throw new Problem('sheet.old-format');
  if (start.toString('latin1', 0, 2) === 'PK') return readXlsx(path);
  if (/^(?:\ufeff)?\s*\{/.test(start.toString('utf8'))) return readGeojson(path);
  return readCsv(path);
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
