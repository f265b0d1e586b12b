import { View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import { longestVoiceMs, type Playing, type Voices } from '../../../../lib/platform/device';
import { platform } from '../../../../lib/platform/platform';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { HoldButton } from './hold-button';
import { useRecording, type RecordingInHand, type Voice } from './use-recording';

interface VoiceBoxProps {
  readonly voice: Voice;
  readonly onChange: (voice: Voice) => void;
  readonly onListening: (listening: boolean) => void;
}

/** Speaking instead of writing, where the phone can: many cannot type. */
export const VoiceBox = (props: VoiceBoxProps) => platform.voices && <Recorder voices={platform.voices} {...props} />;

function Recorder({ voices, voice, onChange, onListening }: VoiceBoxProps & { voices: Voices }) {
  const recording = useRecording(voices, onChange);
  const { phase, trouble } = recording;
  useEffect(() => onListening(phase !== 'idle'), [phase, onListening]);
  const again = async (old: NonNullable<Voice>) => {
    onChange(null);
    await voices.drop(old.id);
  };
  return (
    <View className="voice-box">
      {voice ? (
        <View className="voice-box__kept">
          <KeptVoice voices={voices} voice={voice} />
          <Button short look="text" onPress={() => void again(voice)}>
            重新说
          </Button>
        </View>
      ) : (
        <>
          <HoldButton recording={recording} />
          <View className="voice-box__words">{wordsUnder(recording)}</View>
          {phase === 'free' && (
            <Button look="text" onPress={recording.throwAway}>
              这一段不要了
            </Button>
          )}
        </>
      )}
      <View className={trouble ? 'field__error' : ''} {...aria({ role: 'alert', live: 'polite' })}>
        {trouble}
      </View>
    </View>
  );
}

const longest = longestVoiceMs / 1_000;

function wordsUnder({ phase, seconds, sliding }: RecordingInHand): string {
  const left = `还能说 ${Math.max(0, longest - seconds)} 秒`;
  if (phase === 'idle') return `不想写就说给我们听，最长 ${longest} 秒。也可以点一下开始，说完再点一下。`;
  if (phase === 'asking') return '第一次用，手机会问您让不让用麦克风。';
  if (phase === 'free') return `正在听，${left}。`;
  return sliding ? '松开手指，这一段就不要了。' : `正在听，${left}。手指往上滑，这一段就不要了。`;
}

function KeptVoice({ voices, voice }: { voices: Voices; voice: NonNullable<Voice> }) {
  const sound = useRef<Playing | null>(null);
  const [playing, setPlaying] = useState(false);
  const [address, setAddress] = useState<string | null | undefined>();
  useEffect(() => void voices.kept(voice.id).then(setAddress), [voices, voice.id]);
  useEffect(() => () => sound.current?.stop(), []);
  const toggle = async () => {
    if (playing) return sound.current?.stop();
    if (!address) return;
    sound.current = platform.playSound(address);
    setPlaying(true);
    await sound.current.ended;
    setPlaying(false);
  };
  if (address === null) return <View className="field__error">录音找不到了，请重新说一遍</View>;
  return (
    <Button short look="plain" icon={playing ? 'circle-stop' : 'volume-2'} onPress={() => void toggle()}>
      {playing ? '停一下' : `听一听 ${voice.seconds} 秒`}
    </Button>
  );
}
