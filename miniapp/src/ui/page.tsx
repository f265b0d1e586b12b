import { View } from '@tarojs/components';
import Taro, { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useState, type PropsWithChildren, type ReactNode } from 'react';
import type { TabName } from '../lib/page-table';
import { useLargeType } from '../lib/large-type';
import { useShareMenu } from '../lib/use-share-menu';
import { useRequireSignIn } from '../lib/use-require-sign-in';
import { aria } from './aria';
import { Boundary } from './boundary';
import { classNames } from './class-names';
import { DialogPlace } from './dialog';
import { NetworkBar } from './network-bar';
import { PrivacyPlace } from './privacy-place';
import { QueueBar } from './queue-bar';
import { TabBar } from './tab-bar';
import { SecondFactorPlace } from './second-factor-place';
import { selectTab } from './tabs';
import { TitleBar } from './title-bar';
import { ToastPlace } from './toast';
import { UpdateBar } from './update-bar';

interface PageProps {
  /** In the bar at the top; WeChat's own there, ours in a browser. */
  readonly title: string;
  /** Set on the five tab pages. */
  readonly tab?: TabName;
  /** Stays at the foot: what can be done here, the main button first. */
  readonly bottom?: ReactNode;
  /** Uses the whole of a wide screen (desk); otherwise lines stay readable. */
  readonly wide?: boolean;
  /** May be seen without signing in: sign-in itself, the privacy page. */
  readonly open?: boolean;
}

const inBrowser = process.env.TARO_ENV === 'h5';

/** The root of every page: tokens, type size, title, what waits to be sent, and the places for toasts and dialogs. */
export function Page({ title, tab, bottom, wide, open = false, children }: PropsWithChildren<PageProps>) {
  const large = useLargeType((state) => state.large);
  const [shown, setShown] = useState(true);
  useDidShow(() => {
    setShown(true);
    if (tab) selectTab(tab);
  });
  useDidHide(() => setShown(false));
  useEffect(() => {
    if (shown) void Taro.setNavigationBarTitle({ title });
  }, [title, shown]);
  useShareMenu(shown);
  const mayStay = useRequireSignIn(open, shown);

  const look = classNames(
    'sandan page',
    large && 'sandan--large',
    tab && 'page--tab',
    bottom !== undefined && 'page--bottom',
    wide && 'page--wide',
  );
  return (
    <View className={look}>
      {inBrowser && <TitleBar title={title} tab={tab !== undefined} />}
      <NetworkBar />
      <QueueBar />
      {tab && <UpdateBar />}
      <View className="page__body" {...aria({ role: 'main' })}>
        <Boundary>{mayStay && children}</Boundary>
      </View>
      {bottom !== undefined && mayStay && <View className="page__bottom">{bottom}</View>}
      {inBrowser && !open && <TabBar />}
      {shown && !open && <SecondFactorPlace />}
      {shown && <ToastPlace />}
      {shown && <DialogPlace />}
      {shown && <PrivacyPlace />}
    </View>
  );
}
