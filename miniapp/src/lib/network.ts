import { create } from 'zustand';
import { platform } from './platform/platform';

export type Network = 'good' | 'weak' | 'none';

/** How it is out there, for the bar that says so; the queue and the screens find out by themselves. */
export const useNetwork = create<{ online: boolean; weak: boolean }>(() => ({ online: true, weak: false }));

export const networkOf = ({ online, weak }: { online: boolean; weak: boolean }): Network => {
  if (!online) return 'none';
  return weak ? 'weak' : 'good';
};

/** Called once, at the start. */
export function watchNetwork(): void {
  const set = (online: boolean) => useNetwork.setState({ online });
  void platform.isOnline().then(set);
  platform.onNetworkChange(set);
  platform.onNetworkWeakChange((weak) => useNetwork.setState({ weak }));
}
