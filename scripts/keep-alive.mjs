import { isEnding, Trouble } from './command.mjs';
import { whenGone } from './processes.mjs';

const hour = 60 * 60_000;
const mostRestarts = 5;

/**
 * A private database that dies is brought back, as a service manager would; the server answers 503 meanwhile. Fails when
 * it dies again and again, and never returns once everything is being stopped.
 * @param {import('./database.mjs').Database | undefined} database
 * @param {() => boolean} [isOver]
 * @returns {Promise<never>}
 */
export async function keepAlive(database, isOver = isEnding) {
  if (!database) return new Promise(() => {});
  /** @type {number[]} */
  let restarts = [];
  for (;;) {
    await whenGone(database.server, Infinity, 500);
    if (isOver()) return new Promise(() => {});
    const now = performance.now();
    restarts = [...restarts.filter((at) => now - at < hour), now];
    if (restarts.length > mostRestarts) throw new Trouble('数据库总是停 / the database stops again and again');
    console.error('数据库停了，正在重新启动…… / the database has stopped, starting it again');
    await database.restart();
    console.error('数据库好了 / it is back');
  }
}
