import { useEffect, useRef, useState } from 'react';
import type { Playing } from '../../lib/platform/device';
import { platform } from '../../lib/platform/platform';
import { serverAddress } from '../../lib/transport';
import { Button } from '../../ui/button';
import type { Order } from './order';

type VoiceLink = NonNullable<Order['voice']>;

/** Plays a sound once; touching again stops it. */
export function usePlaying(address: string): { readonly playing: boolean; readonly toggle: () => void } {
  const [playing, setPlaying] = useState(false);
  const sound = useRef<Playing | null>(null);
  useEffect(() => () => sound.current?.stop(), []);
  const toggle = () => {
    if (playing) return sound.current?.stop();
    const begun = platform.playSound(address);
    sound.current = begun;
    setPlaying(true);
    void begun.ended.then(() => setPlaying(false));
  };
  return { playing, toggle };
}

export function VoicePlayer({ voice }: { voice: VoiceLink }) {
  const { playing, toggle } = usePlaying(serverAddress(voice.address));
  return (
    <Button short look="plain" icon={playing ? 'circle-stop' : 'volume-2'} onPress={toggle}>
      {playing ? '停一下' : `听录音 ${voice.seconds} 秒`}
    </Button>
  );
}
