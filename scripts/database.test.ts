import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { newPasswords } from './bootstrap.mjs';
import { startDatabase, type Plan } from './database.mjs';
import { provideMariadb } from './mariadb.mjs';
import { processOf } from './processes.mjs';

let folder: string;
let plan: Plan;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandan-database-'));
  chmodSync(folder, 0o711);
  const places = { data: join(folder, 'data'), log: join(folder, 'log') };
  plan = { ...places, passwords: newPasswords(), mariadb: await provideMariadb() };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const socketOf = (url: string) => new URL(url).searchParams.get('socketPath')!;

async function signIn(socketPath: string, user: string, password: string, database?: string) {
  const connection = await createConnection({ socketPath, user, password, database });
  return connection.end();
}

test('from its first start the private database lets nobody in without a password', async () => {
  mkdirSync(`${plan.data}.new`);
  writeFileSync(join(`${plan.data}.new`, 'half'), 'of a killed bootstrap');

  const database = await startDatabase(plan);
  try {
    const socket = socketOf(database.url('root'));
    expect(statSync(plan.data).mode & 0o077).toBe(0);
    expect(statSync(dirname(socket)).mode & 0o077).toBe(0);
    for (const user of ['root', 'sandan_owner', 'sandan_app', 'mysql', 'stranger', '']) {
      await expect(signIn(socket, user, '')).rejects.toThrow(/denied/);
    }
    await signIn(socket, 'root', plan.passwords.root);
    const root = await createConnection({ socketPath: socket, user: 'root', password: plan.passwords.root });
    const [rows] = await root.query('SELECT @@tmpdir AS folder');
    await root.end();
    expect(rows).toEqual([{ folder: dirname(socket) }]);
    await signIn(socket, 'sandan_owner', plan.passwords.owner, 'sandan');
    await expect(signIn(socket, 'sandan_owner', plan.passwords.owner, 'mysql')).rejects.toThrow(/denied/);
    await expect(signIn(socket, 'sandan_app', plan.passwords.app, 'sandan')).rejects.toThrow(/denied/);
  } finally {
    await database.stop();
  }
  expect(existsSync(dirname(socketOf(database.url('root'))))).toBe(false);
});

test('the database of a killed start is taken over as it runs, and stops in the end', async () => {
  const script = `
    import { startDatabase } from '${new URL('./database.mjs', import.meta.url).href}';
    const database = await startDatabase(${JSON.stringify(plan)});
    console.log(database.server.pid);
    setInterval(() => {}, 1000);`;
  const killed = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = (await once(killed.stdout, 'data')) as [Buffer];
  killed.kill('SIGKILL');
  await once(killed, 'exit');

  const database = await startDatabase(plan);
  expect(database.server.pid).toBe(Number(pid.toString()));
  await signIn(socketOf(database.url('owner')), 'sandan_owner', plan.passwords.owner, 'sandan');
  await database.stop();
  expect(processOf(database.server.pid)).toBeUndefined();
});
