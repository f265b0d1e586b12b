import { QueryClientProvider } from '@tanstack/react-query';
import { useDidHide, useDidShow, useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { fillRandomPool } from './lib/ids';
import { go } from './lib/navigation';
import { watchInbox } from './lib/live/live-inbox';
import { liveIsShown, watchLive } from './lib/live/live-runner';
import { watchNetwork } from './lib/network';
import { platform } from './lib/platform/platform';
import { watchPrivacy } from './lib/privacy-asked';
import { appIsShown, queries, watchPhone } from './lib/query';
import { startQueue, wakeQueue } from './lib/send-queue-runner';
import { watchHands } from './lib/hands';
import { refreshMe } from './lib/session';
import { watchSharedComputer } from './lib/shared-computer';
import { watchUpdates } from './lib/update';
import { toast } from './ui/toast';
import './ui/icons.scss'; // first: whoever shows an icon may say how large
import './app.scss';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    void fillRandomPool();
    if (platform.privacy) watchPrivacy(platform.privacy); // first: nothing may be asked for before it
    watchNetwork(platform);
    watchUpdates(() => toast('没有网络，这一页打不开，等有网了再点一次'));
    watchPhone();
    watchLive();
    watchInbox();
    watchHands();
    watchSharedComputer();
    startQueue();
    void refreshMe();
  });
  useDidShow(() => {
    appIsShown(true);
    liveIsShown(true);
    wakeQueue();
  });
  useDidHide(() => {
    appIsShown(false);
    liveIsShown(false);
  });
  usePageNotFound(() => void go('home')); // an old link or bookmark: a blank page helps nobody
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
