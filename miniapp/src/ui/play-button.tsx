import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { playAlone } from '../lib/play-alone';
import type { Playing } from '../lib/platform/device';
import { aria } from './aria';
import { Button } from './button';
import { troubleWords } from './trouble';

/** Where it can be heard; null while that is being looked up. Touching again stops it, and so does leaving the page. */
function usePlaying(address: string | null) {
  const [playing, setPlaying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const sound = useRef<Playing | null>(null);
  const stop = () => sound.current?.stop();
  useEffect(() => stop, []);
  useDidHide(stop);
  const play = async (from: string) => {
    setPlaying(true);
    setTrouble(null);
    try {
      sound.current = playAlone(from);
      await sound.current.ended;
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      sound.current = null;
      setPlaying(false);
    }
  };
  const toggle = () => {
    if (playing) stop();
    else if (address !== null) void play(address);
  };
  return { playing, trouble, toggle };
}

interface PlayButtonProps {
  readonly address: string | null;
  /** A verb and how long it takes: 听录音 9 秒. */
  readonly children: string;
}

/** A recording, to be heard by whoever may. */
export function PlayButton({ address, children }: PlayButtonProps) {
  const { playing, trouble, toggle } = usePlaying(address);
  return (
    <View className="play-button">
      <Button short look="plain" icon={playing ? 'circle-stop' : 'volume-2'} onPress={toggle}>
        {playing ? '停一下' : children}
      </Button>
      <View className={trouble ? 'field__error' : ''} {...aria({ role: 'alert', live: 'polite' })}>
        {trouble}
      </View>
    </View>
  );
}
