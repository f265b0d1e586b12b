import { serverAddress } from '../../lib/transport';
import { PlayButton } from '../../ui/play-button';
import type { Order } from './order';

type VoiceLink = NonNullable<Order['voice']>;

export const VoicePlayer = ({ voice }: { voice: VoiceLink }) => (
  <PlayButton address={serverAddress(voice.address)}>{`听录音 ${voice.seconds} 秒`}</PlayButton>
);
