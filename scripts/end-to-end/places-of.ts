import type { Page } from 'playwright-core';

interface Seen {
  frames: number;
  readonly tops: Set<number>;
}

/**
 * Watches where something comes up that is not there yet. What it answers waits until it has stood there for some frames,
 * and tells every height of the window at which it was.
 */
export async function placesOf(page: Page, selector: string): Promise<() => Promise<number[]>> {
  const seen = await page.evaluateHandle((wanted): Seen => {
    const found: Seen = { frames: 0, tops: new Set() };
    const look = (): boolean => {
      const element = document.querySelector(wanted);
      if (element) found.tops.add(Math.round(element.getBoundingClientRect().top));
      return element !== null;
    };
    // At once, before anything is drawn, and then with every frame.
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    const follow = (): void => {
      if (look()) found.frames += 1;
      if (found.frames < 8) requestAnimationFrame(follow);
    };
    follow();
    return found;
  }, selector);
  return async () => {
    await page.waitForFunction(({ frames }) => frames >= 8, seen);
    return seen.evaluate(({ tops }) => [...tops]);
  };
}
