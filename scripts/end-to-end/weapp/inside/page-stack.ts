import type { AppConfig } from '../program';
import { answering, Refusal } from './answer';
import { joinPath } from './modules';
import type { OpenPage, PageInstance, PageMaker } from './pages';

/** WeChat keeps ten pages, one on top of the other. */
const deepest = 10;

export interface PageStack {
  pages(): PageInstance[];
  top(): OpenPage | undefined;
  open(url: string): void;
  wx: Record<string, (options?: never) => void>;
}

/** The pages that are open, and the functions of `wx` that open and close them, life-cycle calls in WeChat's order. */
export function createPageStack(app: AppConfig, maker: PageMaker): PageStack {
  let stack: OpenPage[] = [];
  /** Tab pages stay as they were while another tab is shown. */
  const tabs = new Map<string, OpenPage>();
  const isTab = (path: string): boolean => app.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false;
  const top = (): OpenPage | undefined => stack.at(-1);

  const show = (page: OpenPage): void => {
    page.host.hidden = false;
    page.instance.onShow?.();
  };
  const hide = (page: OpenPage): void => {
    page.host.hidden = true;
    page.instance.onHide?.();
  };
  const unload = (page: OpenPage): void => {
    tabs.delete(page.path);
    page.instance.onUnload?.();
    page.close();
  };
  const start = (path: string, options: Record<string, string>): OpenPage => {
    const page = maker.make(path, options);
    stack.push(page);
    if (isTab(path)) tabs.set(path, page);
    page.instance.onLoad?.(options);
    show(page);
    setTimeout(() => page.instance.onReady?.(), 0);
    return page;
  };

  const target = (name: string, url: string) => {
    const [given = '', query = ''] = url.split('?');
    const path = joinPath(top()?.path ?? '', given);
    if (!maker.isPage(path)) throw new Refusal(`page "${path}" is not found`);
    if (isTab(path) && /^(navigateTo|redirectTo)$/.test(name)) throw new Refusal('can not navigateTo a tabbar page');
    return { path, options: Object.fromEntries(new URLSearchParams(query)) };
  };

  const navigateTo = ({ url }: { url: string }): void => {
    const { path, options } = target('navigateTo', url);
    if (stack.length >= deepest) throw new Refusal('webview count limit exceed');
    const covered = top();
    if (covered) hide(covered);
    start(path, options);
  };
  const redirectTo = ({ url }: { url: string }): void => {
    const { path, options } = target('redirectTo', url);
    const replaced = stack.pop();
    if (replaced) unload(replaced);
    start(path, options);
  };
  const reLaunch = ({ url }: { url: string }): void => {
    const { path, options } = target('reLaunch', url);
    const all = new Set([...stack, ...tabs.values()]);
    stack = [];
    all.forEach(unload);
    start(path, options);
  };
  const switchTab = ({ url }: { url: string }): void => {
    const { path } = target('switchTab', url);
    if (!isTab(path)) throw new Refusal('can not switch to no-tabBar page');
    const now = top();
    if (stack.length === 1 && now?.path === path) return;
    if (now && isTab(now.path)) hide(now);
    stack.filter((page) => !isTab(page.path)).forEach(unload);
    const waiting = tabs.get(path);
    stack = waiting ? [waiting] : [];
    if (waiting) show(waiting);
    else start(path, {});
  };
  const navigateBack = ({ delta = 1 }: { delta?: number }): void => {
    if (stack.length === 1) throw new Refusal('cannot navigate back at first page.');
    stack
      .splice(Math.max(1, stack.length - delta))
      .reverse()
      .forEach(unload);
    const now = top();
    if (now) show(now);
  };

  return {
    pages: () => stack.map(({ instance }) => instance),
    top,
    open: (url) => reLaunch({ url }),
    wx: {
      navigateTo: answering('navigateTo', navigateTo),
      redirectTo: answering('redirectTo', redirectTo),
      reLaunch: answering('reLaunch', reLaunch),
      switchTab: answering('switchTab', switchTab),
      navigateBack: answering('navigateBack', navigateBack),
    },
  };
}
