import { Problem } from '@sandan/shared/problems';
import { newId } from '../ids';
import { forgetStaged } from './check-units';
import { cellsOf, findHead, headWithin, type Head } from './head';
import { moveImport, slicesOf, tellProgress, type RosterJob } from './job';
import type { MergedCells, RawRow, SheetNotes } from './reading/raw-row';
import { openRosterFile, type RosterFile } from './reading/roster-file';
import type { RosterColumn } from './roster';
import { RosterRow } from './roster.entity';
import { readerOf, type KeptCells } from './row-reader';

/** Rows in one statement. */
const slice = 500;

/**
 * Reads the file in a child and keeps its rows, sealed, a few hundred at a time. Returns how many there are.
 *
 * Throws the problems of reading, `roster.wrong-template`, `roster.empty`, `roster.merged`, `roster.unseen`.
 */
export async function stageRows(job: RosterJob, path: string): Promise<number> {
  for (;;) {
    const key = job.database.reading.vault.currentIndexKey();
    const count = await stageOnce(job, path, key);
    if (count !== null) return count;
    // 换检索密钥: rows of one file are compared by their marks, which must come from one key. So they are read again.
    await forgetStaged(job);
  }
}

/** Null: the key of the marks was changed meanwhile. */
async function stageOnce(job: RosterJob, path: string, key: string): Promise<number | null> {
  const file = await openRosterFile(path, job.roster.isMap);
  try {
    const { head, count, examples } = await keepAll(job, file);
    if (count === 0)
      throw new Problem('roster.empty', examples > 0 ? { fields: { file: onlyExamples(examples) } } : {});
    refuseUnseen(file.notes(), head, job.roster.columns);
    if (job.database.reading.vault.currentIndexKey() !== key) return null;
    await job.database.transaction(async (db) => {
      const ignored = head.ignored.length > 0 ? JSON.stringify(head.ignored.slice(0, 30)) : null;
      await moveImport(db, job.importId, ['reading'], 'checking', { row_count: count, ignored });
    });
    return count;
  } finally {
    await file.close();
  }
}

const onlyExamples = (count: number): string =>
  `表里只有模板自己的 ${count} 行示例，示例不会导入。请在示例下面填写，或把示例改成真的内容再传`;

async function keepAll(job: RosterJob, file: RosterFile): Promise<{ head: Head; count: number; examples: number }> {
  const { columns } = job.roster;
  let head: Head | null = null;
  let first: RawRow[] = [];
  let [count, examples] = [0, 0];
  const keep = async (rows: readonly RawRow[], known: Head) => {
    const read = await keepRows(job, rows, known);
    count += read.kept;
    examples += read.examples;
    await tellProgress(job, 'reading', count, 0);
  };
  for await (const rows of file.rows()) {
    if (head) {
      await keep(rows, head);
      continue;
    }
    first = [...first, ...rows];
    if (first.length < headWithin) continue;
    head = findHead(first, columns);
    await keep(first, head);
  }
  if (!head) {
    if (first.length === 0) throw new Problem('roster.empty');
    head = findHead(first, columns);
    await keep(first, head);
  }
  return { head, count, examples };
}

async function keepRows(job: RosterJob, rows: readonly RawRow[], head: Head) {
  const { columns } = job.roster;
  const read = rows
    .filter(({ number }) => number > head.number)
    .map((row) => ({ number: row.number, cells: cellsOf(row, head, columns) }));
  const kept = read.flatMap(({ number, cells }) => (typeof cells === 'string' ? [] : [rowOf(job, number, cells)]));
  for (const some of slicesOf(kept, slice)) await job.database.transaction((db) => db.insert(RosterRow, some));
  return { kept: kept.length, examples: read.filter(({ cells }) => cells === 'example').length };
}

function rowOf({ roster, importId, database }: RosterJob, number: number, cells: KeptCells): RosterRow {
  const { vault } = database.reading;
  const value = roster.read(readerOf(number, roster.columns, cells).reader);
  const content = JSON.stringify(cells.odd ? [cells.texts, cells.odd] : [cells.texts]);
  const mark = roster.markOf?.(value, vault) ?? null;
  // Rows without a key sort before all keys, each one alone.
  const unitKey = roster.keyOf(value, vault) ?? `!${number}`;
  return { id: newId(), importId, unitKey, number, mark, content };
}

/** Nothing is taken in that the person who looked at the sheet did not see, and nothing is left out. */
function refuseUnseen(notes: SheetNotes, head: Head, columns: readonly RosterColumn[]): void {
  const refuse = (file: string): never => {
    throw new Problem('roster.unseen', { fields: { file } });
  };
  refuseMerged(notes.merged, head);
  if (notes.otherSheets.length > 0) {
    const names = notes.otherSheets.slice(0, 3).map((name) => `“${name.slice(0, 12)}”`);
    refuse(`别的工作表里也有内容：${names.join('、')}，请都复制到第一张，或分成几个文件`);
  }
  const [row, ...rows] = notes.hiddenRows.filter((number) => number > head.number);
  if (row !== undefined)
    refuse(`第 ${row} 行${rows.length > 0 ? `等 ${rows.length + 1} 行` : ''}隐藏了，请取消筛选和隐藏`);
  const column = columns.find((_, index) => notes.hiddenColumns.includes(head.places[index] ?? -1));
  if (column) refuse(`“${column.head}”这一列隐藏了，请取消隐藏，核对以后再传`);
}

/** Only the first of merged cells holds anything: the others would be read as empty. */
function refuseMerged(merged: readonly MergedCells[], head: Head): void {
  const within = merged.filter(({ lastRow }) => lastRow > head.number);
  const [first] = within;
  if (!first) return;
  const more = within.length > 1 ? `，一共 ${within.length} 处` : '';
  const rows =
    first.firstRow === first.lastRow ? `第 ${first.firstRow} 行` : `第 ${first.firstRow}–${first.lastRow} 行`;
  throw new Problem('roster.merged', { fields: { file: `${rows}（${first.range}）是合并的单元格${more}` } });
}
