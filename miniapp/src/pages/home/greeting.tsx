import { View } from '@tarojs/components';
import type { Me } from '../../lib/session';
import { greeting } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';

/** 下午好，王桂英 / 碧塘村 三组 */
export function Greeting({ me }: { me: Me }) {
  const now = useNow();
  const place = me.home ? `${me.home.village} ${me.home.group}` : (me.roles[0]?.nodeName ?? me.town?.name);
  return (
    <View className="greeting">
      <View className="greeting__words">{`${greeting(now)}，${me.name}`}</View>
      {place && <View className="greeting__place">{place}</View>}
    </View>
  );
}
