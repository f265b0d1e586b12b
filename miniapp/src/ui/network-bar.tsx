import { View } from '@tarojs/components';
import { networkOf, useNetwork, type Network } from '../lib/network';
import { aria } from './aria';
import { Icon } from './icon';

const words: Record<Exclude<Network, 'good'>, string> = {
  none: '没有网络。写好的都留着；交上去的单子，有网了自动发出。',
  weak: '网络不太好，会慢一点，请稍等。',
};

/** 没有网络, 弱网: said on every page while it is so, because otherwise the person thinks it is his doing. */
export function NetworkBar() {
  const network = useNetwork(networkOf);
  return (
    <View {...aria({ role: 'status', live: 'polite' })}>
      {network !== 'good' && (
        <View className={`network-bar network-bar--${network}`}>
          <Icon name="cloud-off" />
          <View className="network-bar__words">{words[network]}</View>
        </View>
      )}
    </View>
  );
}
