import { View } from '@tarojs/components';
import { serverAddress } from '../../lib/transport';
import { PlayButton } from '../../ui/play-button';
import type { Order } from './order';
import './voice-player.scss';

type VoiceLink = NonNullable<Order['voice']>;

/** 录音, and under it what a machine has heard in it: for whoever cannot listen just now, or has to find a word again. */
export const VoicePlayer = ({ voice }: { voice: VoiceLink }) => (
  <View className="voice-player">
    <PlayButton address={serverAddress(voice.address)}>{`听录音 ${voice.seconds} 秒`}</PlayButton>
    {voice.words && (
      <View className="voice-player__heard">
        <View className="voice-player__words">{voice.words}</View>
        <View className="voice-player__note">机器听写的，可能有错，以录音为准</View>
      </View>
    )}
  </View>
);
