import { View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import { newId } from '../../../../lib/ids';
import type { Playing, Recording, Voices } from '../../../../lib/platform/device';
import { platform } from '../../../../lib/platform/platform';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { troubleWords } from '../../../../ui/trouble';
import type { PlaceFields } from './place-draft';

type Voice = PlaceFields['voice'];

interface VoiceBoxProps {
  readonly voice: Voice;
  readonly onChange: (voice: Voice) => void;
}

/** Speaking instead of writing, where the phone can: one touch begins, one touch ends; nothing has to be held. */
export const VoiceBox = (props: VoiceBoxProps) => platform.voices && <Recorder voices={platform.voices} {...props} />;

function Recorder({ voices, voice, onChange }: VoiceBoxProps & { voices: Voices }) {
  const { recording, seconds, trouble, begin } = useRecording(voices, onChange);
  const again = async (old: NonNullable<Voice>) => {
    onChange(null);
    await voices.drop(old.id);
  };
  return (
    <View className="voice-box">
      {recording && (
        <Button look="main" icon="circle-stop" onPress={() => recording.stop()}>
          {`正在听，说完点这里 ${seconds} 秒`}
        </Button>
      )}
      {!recording && voice && (
        <View className="voice-box__kept">
          <KeptVoice voices={voices} voice={voice} />
          <Button short look="text" onPress={() => void again(voice)}>
            重新说
          </Button>
        </View>
      )}
      {!recording && !voice && (
        <Button look="plain" icon="mic" onPress={() => void begin()}>
          不想写，说给我们听
        </Button>
      )}
      {trouble && (
        <View className="field__error" {...aria({ role: 'alert', live: 'polite' })}>
          {trouble}
        </View>
      )}
    </View>
  );
}

function useRecording(voices: Voices, onChange: (voice: Voice) => void) {
  const [recording, setRecording] = useState<Recording | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const seconds = useSeconds(recording !== null);
  const begun = useRef<Recording | null>(null);
  useEffect(() => () => begun.current?.stop(), []);

  const begin = async () => {
    setTrouble(null);
    const id = newId();
    try {
      begun.current = await voices.record(id);
      setRecording(begun.current);
      onChange({ id, ...(await begun.current.ended) });
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      begun.current = null;
      setRecording(null);
    }
  };
  return { recording, seconds, trouble, begin };
}

function useSeconds(running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (!running) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return seconds;
}

function KeptVoice({ voices, voice }: { voices: Voices; voice: NonNullable<Voice> }) {
  const sound = useRef<Playing | null>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => () => sound.current?.stop(), []);
  const toggle = async () => {
    if (playing) return sound.current?.stop();
    const address = await voices.kept(voice.id);
    if (address === null) return;
    sound.current = platform.playSound(address);
    setPlaying(true);
    await sound.current.ended;
    setPlaying(false);
  };
  return (
    <Button short look="plain" icon={playing ? 'circle-stop' : 'volume-2'} onPress={() => void toggle()}>
      {playing ? '停一下' : `听一听 ${voice.seconds} 秒`}
    </Button>
  );
}
