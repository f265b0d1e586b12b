import { QueryClientProvider } from '@tanstack/react-query';
import { useDidHide, useDidShow, useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { fillRandomPool } from './lib/ids';
import { go } from './lib/navigation';
import { platform } from './lib/platform/platform';
import { appIsShown, queries, watchPhone } from './lib/query';
import { startQueue, wakeQueue } from './lib/send-queue-runner';
import { refreshMe } from './lib/session';
import { watchSharedComputer } from './lib/shared-computer';
import { toast } from './ui/toast';
import './ui/icons.scss'; // first: whoever shows an icon may say how large
import './app.scss';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    void fillRandomPool();
    platform.keepUpToDate(() => toast('没有网络，这一页打不开，等有网了再点一次'));
    watchPhone();
    watchSharedComputer();
    startQueue();
    void refreshMe();
  });
  useDidShow(() => {
    appIsShown(true);
    wakeQueue();
  });
  useDidHide(() => appIsShown(false));
  usePageNotFound(() => void go('home')); // an old link or bookmark: a blank page helps nobody
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
