import type { AssociatedBackend, CodeSpace } from 'glass-easel-miniprogram-adapter';
import type { Program, ShareCard } from '../program';
import type { Engine } from './engine';

/** A page of the mini-program, with the life-cycle functions that it may have. */
export interface PageInstance {
  route: string;
  options: Record<string, string>;
  getTabBar?: () => unknown;
  onLoad?(options: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
  onPullDownRefresh?(): void;
  onReachBottom?(): void;
  onShareAppMessage?(from: { from: 'button' | 'menu' }): ShareCard & { promise?: Promise<ShareCard> };
  onPageScroll?(detail: { scrollTop: number }): void;
}

export interface OpenPage {
  readonly path: string;
  readonly instance: PageInstance;
  /** The page's own window: it scrolls by itself. */
  readonly host: HTMLElement;
  close(): void;
}

export interface PageMaker {
  isPage(path: string): boolean;
  make(path: string, options: Record<string, string>): OpenPage;
}

const tabBar = 'custom-tab-bar/index';
/** As near to its end as WeChat's own default. */
const reachBottomPx = 50;

/** Makes the pages of a program; their scripts run when they are first opened (`lazyCodeLoading`). */
export function createPageMaker(
  { app }: Program,
  { space, backend }: Engine,
  register: (path: string) => void,
): PageMaker {
  const known = new Set([...app.pages, ...(app.subPackages ?? []).flatMap(pathsOf)]);
  return {
    isPage: (path) => known.has(path),
    make: (path, options) => {
      register(path);
      const host = document.createElement('page');
      document.body.append(host);
      const instance = attach(backend, space, path, host) as unknown as PageInstance;
      Object.assign(instance, { route: path, __route__: path, options });
      if (app.tabBar?.custom && app.tabBar.list.some(({ pagePath }) => pagePath === path)) {
        register(tabBar);
        const bar = attach(backend, space, tabBar, host);
        instance.getTabBar = () => bar;
      }
      watchScrolling(host, instance);
      return { path, instance, host, close: () => host.remove() };
    },
  };
}

const pathsOf = ({ root, pages }: { root: string; pages: string[] }): string[] =>
  pages.map((page) => `${root}/${page}`);

function attach(backend: AssociatedBackend, space: CodeSpace, path: string, host: HTMLElement) {
  const place = document.createElement('span');
  host.append(place);
  const root = backend.createRoot('page-body', space, path);
  root.attach(host as never, place as never);
  return root.get();
}

function watchScrolling(host: HTMLElement, instance: PageInstance): void {
  let atEnd = false;
  host.addEventListener('scroll', () => {
    instance.onPageScroll?.({ scrollTop: host.scrollTop });
    const wasAtEnd = atEnd;
    atEnd = host.scrollTop + host.clientHeight >= host.scrollHeight - reachBottomPx;
    if (atEnd && !wasAtEnd) instance.onReachBottom?.();
  });
}
