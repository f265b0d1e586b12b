/** Somebody who looks from time to time, and at once when he is called. */
export interface Waker {
  wake(): void;
  /** Until the time has passed or somebody calls; at once where he was called since he last looked. */
  wait(milliseconds: number): Promise<void>;
}

export function makeWaker(): Waker {
  let called = false;
  let rouse: (() => void) | null = null;
  return {
    wake: () => {
      called = true;
      rouse?.();
    },
    wait: async (milliseconds) => {
      if (!called) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rouse = null;
      called = false;
    },
  };
}
