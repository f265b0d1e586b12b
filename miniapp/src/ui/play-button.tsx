import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { playAlone } from '../lib/play-alone';
import type { Playing } from '../lib/platform/device';
import { aria } from './aria';
import { Button } from './button';
import { troubleWords } from './trouble';

/** Touching again stops it, and so does leaving the page. */
function usePlaying(address: string) {
  const [playing, setPlaying] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const sound = useRef<Playing | null>(null);
  const stop = () => sound.current?.stop();
  useEffect(() => stop, []);
  useDidHide(stop);
  const play = async () => {
    setPlaying(true);
    setTrouble(null);
    try {
      sound.current = playAlone(address);
      await sound.current.ended;
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      sound.current = null;
      setPlaying(false);
    }
  };
  return { playing, trouble, toggle: () => (playing ? stop() : void play()) };
}

interface PlayButtonProps {
  readonly address: string;
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
