import { View } from '@tarojs/components';
import { go } from '../lib/navigation';
import { tabNames } from '../lib/page-table';
import { useMe } from '../lib/session';
import { aria } from './aria';
import { classNames } from './class-names';
import { Icon } from './icon';
import { Pressable } from './pressable';
import { countWords } from './segments';
import { tabIcons, useSelectedTab } from './tabs';

/** 首页 点单 接单 工作台 我的: those that the person's roles allow, at the foot; at the left of a wide screen. */
export function TabBar() {
  const me = useMe();
  const selected = useSelectedTab(({ tab }) => tab);
  if (!me) return null;
  return (
    <View className="tab-bar" {...aria({ role: 'tablist', label: '主要页面' })}>
      {me.tabs.map((tab) => (
        <Pressable
          key={tab}
          className={classNames('tab-bar__tab', tab === selected && 'tab-bar__tab--selected')}
          role="tab"
          selected={tab === selected}
          onPress={() => void go(tab)}
        >
          <Icon name={tabIcons[tab]} />
          <View className="tab-bar__name">{tabNames[tab]}</View>
          {tab === 'me' && me.unreadMessages > 0 && (
            <View className="tab-bar__count" {...aria({ label: `${countWords(me.unreadMessages)} 条新消息` })}>
              {countWords(me.unreadMessages)}
            </View>
          )}
        </Pressable>
      ))}
    </View>
  );
}
