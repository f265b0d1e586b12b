import { create } from 'zustand';
import type { TabName } from '../lib/page-table';
import type { IconName } from './icon';

export const tabIcons: Record<TabName, IconName> = {
  home: 'house',
  orders: 'clipboard-list',
  claims: 'hand-helping',
  desk: 'layout-list',
  me: 'user-round',
};

/** Each tab page has its own copy of the bar; the one in front says which it is. */
export const useSelectedTab = create<{ tab: TabName }>(() => ({ tab: 'home' }));

export const selectTab = (tab: TabName): void => useSelectedTab.setState({ tab });
