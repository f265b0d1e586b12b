import { breathing } from '../background/breathe';
import type { Reading } from '../database/connect';
import type { Sealed } from '../personal-data/vault';
import type { AnyRoster, Fault, ReadRow, Unit } from './roster';
import { readerOf, type KeptCells } from './row-reader';

interface StagedRow {
  unit_key: string;
  number: number;
  mark: Buffer | null;
  content: Sealed;
}

/** Rows fetched at once; a unit is never cut. */
const batch = 1_000;
/** Nobody lives with more: a key that stands in more rows is a mistake, and only its first rows are looked at. */
const longestUnit = 500;

export type StagedUnit = Unit<unknown> & { readonly marks: ReadonlyMap<number, string> };

const allRows = `SELECT r.unit_key, r.number, r.mark, r.content_sealed AS content FROM roster_row r
  WHERE r.import_id = ? AND r.unit_key > ? ORDER BY r.unit_key, r.number LIMIT ${batch}`;
/**
 * The rows r of an import, each with its unit u, in the order (unit_key, number) in which they stand in the index of r.
 * Left to itself the optimizer takes all units of a standing and sorts them, and does so again for every batch: a county
 * would take the square of its size.
 */
export const rowsWithUnits = `roster_row r FORCE INDEX (roster_row_unit)
  STRAIGHT_JOIN roster_unit u FORCE INDEX (roster_unit_key) ON u.import_id = r.import_id AND u.unit_key = r.unit_key`;
const rowsToWrite = `SELECT r.unit_key, r.number, r.mark, r.content_sealed AS content FROM ${rowsWithUnits}
  WHERE r.import_id = ? AND r.unit_key > ? AND u.standing IN ('added', 'changed', 'ended')
  ORDER BY r.unit_key, r.number LIMIT ${batch}`;

/**
 * The units of an import, some hundred at a time, in the order of their keys. `which`: all, or those of which something is
 * to be written. With `asOne` all of them together.
 */
export async function* stagedUnits(
  db: Reading,
  importId: string,
  roster: AnyRoster,
  which: 'all' | 'toWrite',
): AsyncGenerator<readonly StagedUnit[], void> {
  const sql = which === 'all' ? allRows : rowsToWrite;
  let after = '';
  let together: StagedUnit[] = [];
  for (;;) {
    const rows = await db.query<StagedRow>(sql, [importId, after]);
    const whole = rows.length < batch ? rows : withoutLastUnit(rows);
    const units = await unitsOf(db, roster, whole);
    after = whole.at(-1)?.unit_key ?? after;
    if (roster.asOne !== undefined) together = [...together, ...units];
    else if (units.length > 0) yield units;
    if (rows.length < batch) break;
  }
  if (together.length > 0) yield together;
}

/** The last unit may go on in the next batch; one that fills a whole batch is too long anyway. */
function withoutLastUnit(rows: readonly StagedRow[]): readonly StagedRow[] {
  const last = rows.at(-1)?.unit_key;
  const whole = rows.filter(({ unit_key }) => unit_key !== last);
  return whole.length > 0 ? whole : rows;
}

/** Breathes: a thousand boundaries take a while to be understood. */
async function unitsOf(db: Reading, roster: AnyRoster, rows: readonly StagedRow[]): Promise<StagedUnit[]> {
  const byKey = new Map<string, StagedRow[]>();
  for (const row of rows) {
    const unit = byKey.get(row.unit_key) ?? [];
    byKey.set(row.unit_key, unit);
    unit.push(row);
  }
  const breathe = breathing();
  const units: StagedUnit[] = [];
  for (const [key, unit] of byKey) {
    const kept = unit.slice(0, longestUnit);
    const marks = new Map(kept.flatMap(({ number, mark }) => (mark ? [[number, mark.toString('hex')] as const] : [])));
    const read = kept.map((row) => readRow(db, roster, row));
    units.push({ key, marks, rows: unit.length > longestUnit ? [tooLong(read, unit.length), ...read.slice(1)] : read });
    await breathe();
  }
  return units;
}

function readRow(db: Reading, roster: AnyRoster, { number, content }: StagedRow): ReadRow<unknown> {
  const { reader, faults, hints } = readerOf(number, roster.columns, keptCells(db, content));
  return { number, value: roster.read(reader), faults, hints };
}

export function keptCells(db: Reading, content: Sealed): KeptCells {
  const [texts, odd = null] = JSON.parse(db.vault.open('rosterRow.content', content)) as [
    KeptCells['texts'],
    KeptCells['odd']?,
  ];
  return { texts, odd };
}

function tooLong(rows: readonly ReadRow<unknown>[], length: number): ReadRow<unknown> {
  const [first] = rows;
  if (!first) throw new Error('a unit of no rows');
  const fault: Fault = { number: first.number, column: null, words: `同一个编号有 ${length} 行，请核对编号` };
  return { ...first, faults: [...first.faults, fault] };
}
