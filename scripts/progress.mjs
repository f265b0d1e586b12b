/** @param {number} since milliseconds */
export const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Prints "1/6 安装依赖 … 12.3 s" for each step of a long command, counting the seconds while a person watches.
 * @param {number} total
 */
export function progress(total) {
  let number = 0;
  /**
   * @template T
   * @param {string} title
   * @param {(say: (note: string) => void) => T | Promise<T>} work `say` adds a word about what takes long just now
   * @returns {Promise<T>}
   */
  return async function step(title, work) {
    number += 1;
    const line = startLine(`${number}/${total} ${title} …`);
    try {
      return await work(line.say);
    } finally {
      line.end();
    }
  };
}

/** @param {string} head */
function startLine(head) {
  const begun = performance.now();
  const { isTTY } = process.stdout;
  let note = '';
  const draw = () => process.stdout.write(`\r\x1b[K${head} ${note}${secondsSince(begun)}`);
  const timer = isTTY ? setInterval(draw, 500) : undefined;
  if (!isTTY) process.stdout.write(head);
  return {
    /** @param {string} text */
    say(text) {
      note = `（${text}）`;
      if (!isTTY) process.stdout.write(` ${note}`);
    },
    end() {
      clearInterval(timer);
      note = isTTY ? note : '';
      if (isTTY) draw();
      process.stdout.write(isTTY ? '\n' : ` ${secondsSince(begun)}\n`);
    },
  };
}
