import { View } from '@tarojs/components';
import { useLargeType } from '../lib/large-type';
import { classNames } from '../ui/class-names';
import { TabBar } from '../ui/tab-bar';
import './index.scss';

/** WeChat draws this once for each tab page, outside of the page's own root. */
export default function CustomTabBar() {
  const large = useLargeType((state) => state.large);
  return (
    <View className={classNames('sandan tab-bar-place', large && 'sandan--large')}>
      <TabBar />
    </View>
  );
}
