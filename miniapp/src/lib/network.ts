import { create } from 'zustand';
import type { Platform } from './platform/device';

export type Network = 'good' | 'weak' | 'none';

/** How it is out there, for the bar that says so; the queue and the screens find out by themselves. */
export const useNetwork = create<{ online: boolean; weak: boolean }>(() => ({ online: true, weak: false }));

export const networkOf = ({ online, weak }: { online: boolean; weak: boolean }): Network => {
  if (!online) return 'none';
  return weak ? 'weak' : 'good';
};

/** From one network to the next there is none for a moment: a bar that comes and goes would move the page under a finger. */
const settleMs = 1_500;

/** Called once, at the start. */
export function watchNetwork(platform: Pick<Platform, 'networkNow' | 'onNetworkChange' | 'onNetworkWeakChange'>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (online: boolean) => {
    clearTimeout(timer);
    if (online) useNetwork.setState({ online });
    else timer = setTimeout(() => useNetwork.setState({ online }), settleMs);
  };
  // Where the phone does not tell, it is taken for good; the screens find out by themselves.
  void platform.networkNow().then(
    ({ online, weak }) => {
      tell(online);
      useNetwork.setState({ weak });
    },
    () => undefined,
  );
  platform.onNetworkChange(tell);
  platform.onNetworkWeakChange((weak) => useNetwork.setState({ weak }));
}
