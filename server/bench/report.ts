import type { Load } from './load';

const rows: string[][] = [];
export const say = (line: string) => console.log(line);
export const rounded = (value: number, places = 0) => value.toFixed(places);

export function note(name: string, load: Load): Load {
  rows.push([name, rounded(load.perSecond), rounded(load.p50, 1), rounded(load.p99, 1), String(load.failures)]);
  say(
    `  ${name}: ${rounded(load.perSecond)}/s, p50 ${rounded(load.p50, 1)} ms, p99 ${rounded(load.p99, 1)} ms${load.failures ? `, ${load.failures} FAILED` : ''}`,
  );
  return load;
}

export const verdicts: { name: string; value: number; bound: string; holds: boolean }[] = [];
export function judge(name: string, value: number, bound: string, holds: boolean): void {
  verdicts.push({ name, value, bound, holds });
}

export function printTable(): void {
  const head = ['what', 'per second', 'p50 ms', 'p99 ms', 'failed'];
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
