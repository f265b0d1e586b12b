import type { Page } from 'playwright-core';

/** What a hand can miss or an eye cannot read on the page in sight: 'runs over the edge: …', 'too small, 40 × 44: …'. */
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
  const sizeOf = (element: Element): string => {
    const { width, height } = element.getBoundingClientRect();
    return `${Math.round(width)} × ${Math.round(height)}`;
  };
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page can be moved sideways'] : []),
    ...over.map((element) => `runs over the edge: ${name(element)}`),
    ...cut.map((element) => `cut off: ${name(element)}`),
    ...small.map((element) => `too small, ${sizeOf(element)}: ${name(element)}`),
  ];
}
