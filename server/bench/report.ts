import type { Load } from './load';
import { cpuSpent } from './processes';

const rows: string[][] = [];
export const say = (line: string) => console.log(line);
export const rounded = (value: number, places = 0) => value.toFixed(places);

/** Who spends CPU while a load runs: `['server', pid]`. */
export type Spender = readonly [name: 'server' | 'database' | 'client', pid: number];

/** Runs a load and keeps its line of the table: speed, times, and milliseconds of CPU per piece of work, which are steadier. */
export async function measured(name: string, spenders: readonly Spender[], run: () => Promise<Load>): Promise<Load> {
  const before = spenders.map(([, pid]) => cpuSpent(pid));
  const load = await run();
  const spent = spenders.map(([who, pid], at) => {
    const [from, to] = [before[at], cpuSpent(pid)];
    return [who, typeof from === 'number' && to !== null ? rounded((to - from) / load.pieces, 2) : ''] as const;
  });
  const cpu = Object.fromEntries(spent);
  const times = [rounded(load.perSecond), rounded(load.p50, 1), rounded(load.p99, 1)];
  const row = [name, ...times, String(load.failures), ...cpuColumns.map((who) => cpu[who] ?? '')];
  rows.push(row);
  say(`  ${row.filter(Boolean).join('  ')}`);
  return load;
}

const cpuColumns = ['server', 'database', 'client'] as const;

export const verdicts: { name: string; value: number; bound: string; holds: boolean }[] = [];
export function judge(name: string, value: number, bound: string, holds: boolean): void {
  verdicts.push({ name, value, bound, holds });
}

/** A speed over HTTP as a share of the same by bare mysql2, in the same run. */
export function judgeShare(
  name: string,
  over: Load,
  bare: Load,
  { floor, goal }: { floor: number; goal: number },
): void {
  const share = over.perSecond / bare.perSecond;
  judge(name, share, `≥ ${floor}, goal ${goal}`, share >= floor);
}

export function printTable(): void {
  const head = ['what', 'per second', 'p50 ms', 'p99 ms', 'failed', ...cpuColumns.map((who) => `${who} CPU ms`)];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  say('');
  for (const row of table)
    say(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    );
  say('');
  for (const { name, value, bound, holds } of verdicts)
    say(`${holds ? 'holds ' : 'FALLS SHORT'}  ${name}: ${rounded(value, 2)} (${bound})`);
}
