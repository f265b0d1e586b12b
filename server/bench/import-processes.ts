import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peakMemory } from './processes';
import type { Bench } from './stage';

/** The children come and go: the highest of those seen that read rosters. */
export function watchReaders(parent: number): { stop: () => number } {
  let most = 0;
  const look = () => {
    for (const pid of childrenOf(parent)) most = Math.max(most, peakMemory(pid) ?? 0);
  };
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

function childrenOf(parent: number): number[] {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('roster-worker');
    } catch (error) {
      // It has ended since.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  });
}

/** `npm run import -- 名册.csv --dry-run` as an administrator would: the peaks of the command and of its child, in MB. */
export async function runCommand(
  { url, town }: Bench,
  folder: string,
  content: Buffer,
): Promise<{ itself: number; reader: number }> {
  const file = join(folder, '名册.csv');
  writeFileSync(file, content);
  const bundle = process.env['SERVER_BUNDLE_DIR'] ?? '';
  const flags = (process.env['SERVER_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);
  const args = [...flags, join(bundle, 'import.js'), file, '--as', town.people.admin.id, '--dry-run'];
  const env = { ...process.env, SANDAN_MODE: 'test', DATABASE_URL: url, DATA_DIR: folder };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const pid = child.pid ?? 0;
  const readers = watchReaders(pid);
  let itself = 0;
  const timer = setInterval(() => (itself = Math.max(itself, peakMemory(pid) ?? 0)), 50);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return { itself, reader: readers.stop() };
}
