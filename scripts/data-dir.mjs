import { accessSync, constants, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Trouble } from './command.mjs';
import { takeLock } from './lock.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {Settings} settings @param {string} about */
export function lockDataDir({ dataDir }, about) {
  prepare(dataDir);
  return takeLock(join(dataDir, 'lock.json'), about);
}

/** A file in its place, a full or foreign disk: said plainly, for the person to choose another. @param {string} dataDir */
function prepare(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(`DATA_DIR=${dataDir} 不能写 / cannot be written: ${reason}`);
  }
}

/**
 * Takes DATA_DIR for this process alone, or says who has it.
 * @param {Settings} settings
 * @param {string} about what the others are told: "port 3000"
 */
export async function takeDataDir(settings, about) {
  const taken = await lockDataDir(settings, about);
  if ('lock' in taken) return taken.lock;
  const { about: doing, holder } = taken.heldBy;
  throw new Trouble(
    `${settings.dataDir} 已有一个在运行：${doing}，进程 ${holder.pid} / already running on ${doing}, process ${holder.pid}` +
      '\n再开一个要另设 PORT 和 DATA_DIR / a second one needs its own PORT and DATA_DIR',
  );
}

/** Says before the long work that somebody else listens there. @param {Settings} settings @returns {Promise<void>} */
export function refuseTakenPort({ host, port }) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const reason = error.code === 'EADDRINUSE' ? '端口已被占用 / the port is taken' : error.message;
      reject(new Trouble(`${host}:${port} ${reason}\n换一个 / choose another: PORT=${port + 1} npm start`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
