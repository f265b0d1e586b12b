import { pathOfPage, type PageName } from './page-table';

/** As Taro's web router keeps them: `load` begins to fetch the page's own files. */
interface WebRoute {
  readonly path: string;
  load(context: object, params: object): readonly [page: Promise<unknown>, ...rest: unknown[]];
}
declare global {
  interface Window {
    __taroAppConfig?: { readonly routes?: readonly WebRoute[] };
  }
}

const bare = (path: string): string => path.replace(/^\//, '');

/**
 * Fetches a page that must open later without a network. A phone has loaded the whole package with the first page of it;
 * a browser would ask for this one only when it is opened.
 */
export function bringPage(page: PageName): void {
  if (process.env.TARO_ENV !== 'h5') return;
  const path = bare(pathOfPage(page));
  const route = window.__taroAppConfig?.routes?.find((each) => bare(each.path) === path);
  // Where the network has gone already there is nothing to be done: opening it says so.
  route?.load({}, {})[0].catch(() => undefined);
}
