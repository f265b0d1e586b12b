import { isPassing } from '../answer';

/** All phones hear at the same moment; they do not ask at the same moment. */
const spreadMs = 800;
/** However much happens, a screen changes so often at most. */
const quietMs = 3_000;
/** What could not be read in a bad network is read again after so long. */
const againMs = 10_000;

/** Does once, a moment later, what was asked for several times; and again where it fails for want of a network. */
export function gathered(change: () => unknown): { soon: () => void; forget: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let changedAt = -Infinity;
  let isOver = false;
  const after = (pause: number) => {
    if (!isOver) timer ??= setTimeout(now, pause);
  };
  const now = () => {
    timer = null;
    changedAt = Date.now();
    void Promise.resolve(change()).catch((error: unknown) => {
      if (isPassing(error)) after(againMs); // else what the screen shows stays; pulling it says what is wrong
    });
  };
  return {
    soon: () => after(Math.max(Math.random() * spreadMs, changedAt + quietMs - Date.now())),
    forget: () => {
      isOver = true;
      if (timer) clearTimeout(timer);
    },
  };
}
