import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clientOf, type Client } from './client';
import { program } from './program';
import type { TestServer } from './server';
import { standInControl } from './wechat';

export interface WebProcess {
  readonly child: ChildProcess;
  readonly client: Client;
}

/** Web processes of their own, which can be measured and killed; their database is shared with the server of the test, which looks on. */
export interface WebProcesses {
  /** On a port of its own, spoken to with this token. */
  start(token: string): Promise<WebProcess>;
  /** Ends all that still live. */
  close(): Promise<void>;
}

export async function webProcesses(server: TestServer, databaseUrl: string): Promise<WebProcesses> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandan-web-'));
  const children: ChildProcess[] = [];
  const { wechat } = server.world.config;
  const start = async (token: string): Promise<WebProcess> => {
    const port = await freePort();
    const [node, args, options] = program('main', {
      ...{ PORT: String(port), KEYS_FILE: server.world.config.keysFile },
      // The same app of the same WeChat.
      ...{ WECHAT_ORIGIN: server.wechat.origin, WECHAT_STAND_IN: standInControl() },
      ...{ WECHAT_APPID: wechat.appid, WECHAT_SECRET: wechat.secret },
      ...{ SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    });
    const child = spawn(node, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    children.push(child);
    const client = clientOf(`http://127.0.0.1:${port}`, token);
    await until(() =>
      client.raw('GET', '/health/live').then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return { child, client };
  };
  const close = async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  };
  return { start, close };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** Waits for a fact of another process. */
export async function until(fact: () => Promise<boolean>, patience = 60_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await fact())) {
    if (performance.now() > end) throw new Error('it did not come to that');
    await pause(5);
  }
}
