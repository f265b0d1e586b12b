import Taro from '@tarojs/taro';

/** Further down, somebody reads. In CSS pixels. */
const nearTop = 120;

/** What scrolls a list in a browser: the page, or the list's own pane. Pages behind have no boxes. */
const scrollers = (): HTMLElement[] =>
  [
    document.documentElement,
    ...Array.from(document.querySelectorAll<HTMLElement>('.taro_page, .two-pane__list')),
  ].filter((element) => element.getClientRects().length > 0);

/** Does the person look at the beginning of the list? */
export const isAtTop = (): Promise<boolean> =>
  process.env.TARO_ENV === 'h5'
    ? Promise.resolve(scrollers().every(({ scrollTop }) => scrollTop <= nearTop))
    : new Promise((resolve) => {
        const viewport = Taro.createSelectorQuery().selectViewport();
        viewport.scrollOffset((place) => resolve((place?.scrollTop ?? 0) <= nearTop)).exec();
      });

export function toTop(): void {
  if (process.env.TARO_ENV !== 'h5') return void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
  for (const element of scrollers()) element.scrollTop = 0;
}
