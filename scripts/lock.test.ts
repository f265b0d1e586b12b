import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock.mjs';
import { processOf } from './processes.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandan-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockModule = new URL('./lock.mjs', import.meta.url).href;

/** A process that takes the lock, says what came of it, and stays. `then` is done by whoever got it. */
function contender(path: string, then = ''): ChildProcess {
  const script = `
    import { spawn } from 'node:child_process';
    import { takeLock } from '${lockModule}';
    const taken = await takeLock('${path}', 'port 3000');
    ${then}
    console.log('lock' in taken ? 'holds' : 'refused');
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function nextWord(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString().trim();
}

async function kill(...children: ChildProcess[]) {
  await Promise.all(children.map((child) => (child.kill('SIGKILL'), once(child, 'exit'))));
}

test('a second command is told who holds the lock and what for', async () => {
  const path = join(folder, 'lock.json');
  const holder = contender(path);
  expect(await nextWord(holder)).toBe('holds');

  const taken = await takeLock(path);
  expect(taken).toMatchObject({ heldBy: { about: 'port 3000', holder: { pid: holder.pid } } });
  await kill(holder);
});

test('a released lock is free for the next', async () => {
  const path = join(folder, 'lock.json');
  const first = await takeLock(path);
  if (!('lock' in first)) throw new Error('nobody else wants it');
  first.lock.release();
  expect(await takeLock(path)).toHaveProperty('lock');
});

test('who takes over from a killed command stops what it left running', async () => {
  const path = join(folder, 'lock.json');
  const leaveOne = `
    const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    taken.lock.adopt(left.pid);
    console.log(left.pid);`;
  const holder = contender(path, leaveOne);
  const left = Number.parseInt(await nextWord(holder), 10);
  await kill(holder);
  expect(processOf(left)).toBeDefined();

  expect(await takeLock(path)).toHaveProperty('lock');
  expect(processOf(left)).toBeUndefined();
});

test('of many who find the lock of a killed command exactly one gets it', async () => {
  const path = join(folder, 'lock.json');
  const dead = contender(path);
  await nextWord(dead);
  await kill(dead);

  const racers = Array.from({ length: 8 }, () => contender(path));
  const words = await Promise.all(racers.map(nextWord));
  await kill(...racers);
  expect(words.filter((word) => word === 'holds')).toHaveLength(1);
});
