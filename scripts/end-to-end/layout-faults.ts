import type { Page } from 'playwright-core';

/**
 * What a hand can miss or an eye cannot read on the page in sight: 'runs over the edge: …', 'too small, 40 × 44: …', and
 * words that are the program's own: 'not for people: order.placeDirect'.
 */
export const layoutFaults = (page: Page, leastTarget: number): Promise<string[]> =>
  page.evaluate(findFaults, leastTarget);

/** Runs in the browser: nothing of this file reaches it but this function. */
function findFaults(leastTarget: number): string[] {
  const tolerance = 0.6; // lengths are rpx, and come out as fractions of a pixel
  const targets = '[role=button],[role=tab],[role=radio],[role=checkbox],[role=switch],[role=link],a,button';
  const name = (element: Element): string => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 20);
    return `${element.className} ${words}`;
  };
  const inSight = Array.from(document.querySelectorAll('.sandan *')).filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  });
  const over = inSight.filter((element) => element.getBoundingClientRect().right > innerWidth + tolerance);
  const cut = inSight.filter(
    (element) =>
      /hidden|clip/.test(getComputedStyle(element).overflowX) &&
      element.textContent !== '' &&
      element.scrollWidth > element.clientWidth + 1,
  );
  const small = inSight.filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.matches(targets) && Math.min(width, height) < leastTarget - tolerance;
  });
  // Codes (order.place, gridWorker), times of the wire, and what was forgotten; commands and file names stand in their place.
  const code = /undefined|NaN|\[object|\bnull\b|\b[a-z]+\.[a-z]\w+|\b[a-z]+[A-Z]\w*|\d{4}-\d\d-\d\dT/g;
  const words = Array.from(document.querySelectorAll<HTMLElement>('.sandan')).map((root) => root.innerText);
  const sizeOf = (element: Element): string => {
    const { width, height } = element.getBoundingClientRect();
    return `${Math.round(width)} × ${Math.round(height)}`;
  };
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page can be moved sideways'] : []),
    ...over.map((element) => `runs over the edge: ${name(element)}`),
    ...cut.map((element) => `cut off: ${name(element)}`),
    ...words.flatMap((said) => Array.from(said.matchAll(code), ([found]) => `not for people: ${found}`)),
    ...small.map((element) => `too small, ${sizeOf(element)}: ${name(element)}`),
  ];
}
