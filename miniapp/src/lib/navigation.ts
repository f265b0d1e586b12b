import Taro from '@tarojs/taro';
import { linkKeyOf } from './link-key';
import { isTab, pathOfPage, type PageName, type PageParams } from './page-table';
import { queryString } from './query-string';
import { useSession } from './session';

type Params<P extends PageName> = P extends keyof PageParams ? [params: PageParams[P]] : [];

/** WeChat keeps ten pages; the last place is left free for what WeChat itself opens. */
const deepest = 9;

const address = (page: PageName, params?: object): string => pathOfPage(page) + queryString({ ...params });

/** Opens a page on top of this one; a tab is switched to. `go('order', { orderId })`. */
export async function go<P extends PageName>(page: P, ...[params]: Params<P>): Promise<void> {
  if (isTab(page)) return void (await Taro.switchTab({ url: pathOfPage(page) }));
  const url = address(page, params);
  if (Taro.getCurrentPages().length >= deepest) return void (await Taro.redirectTo({ url }));
  await Taro.navigateTo({ url });
}

/** Opens a page in place of this one: after something was sent, or from the door. */
export async function goInstead<P extends PageName>(page: P, ...[params]: Params<P>): Promise<void> {
  if (isTab(page)) return void (await Taro.switchTab({ url: pathOfPage(page) }));
  await Taro.redirectTo({ url: address(page, params) });
}

/** Is there a page to go back to? Not for one that a message, a printed code or a reload has opened. */
export const canGoBack = (): boolean => Taro.getCurrentPages().length > 1;

export async function goBack(): Promise<void> {
  if (canGoBack()) await Taro.navigateBack();
  else await go('home');
}

let wanted: string | null = null;

/** To the sign-in page; afterwards a person finds himself where he was going, unless he had left of his own will. */
export async function askToSignIn(): Promise<void> {
  const here = Taro.getCurrentInstance().router;
  if (!here || addressOf(here.path) === pathOfPage('signIn')) return;
  wanted = useSession.getState().out === 'left' ? null : addressOf(here.path) + queryString(ownParams(here.params));
  await Taro.reLaunch({ url: pathOfPage('signIn') });
}

/** The key of the link or code by which somebody came, who has yet to sign in; null: by none. */
export function wantedLink(): string | null {
  const [path, query = ''] = (wanted ?? '').split('?');
  if (path !== pathOfPage('open')) return null;
  const brought = query.split('&').map((part) => part.split('=') as [string, string?]);
  return linkKeyOf(Object.fromEntries(brought.map(([name, value = '']) => [name, decodeURIComponent(value)])));
}

const addressOf = (path: string): string => `/${path.replace(/^\//, '').split('?')[0]}`;

/** Without those that Taro adds for itself. */
const ownParams = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'stamp' && !name.startsWith('$')));

export async function leaveSignIn(): Promise<void> {
  const url = wanted ?? pathOfPage('home');
  wanted = null;
  await Taro.reLaunch({ url });
}
