import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { longestVoiceMs, type Voices } from '../../../../lib/platform/device';
import { platform } from '../../../../lib/platform/platform';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { PlayButton } from '../../../../ui/play-button';
import { HoldButton } from './hold-button';
import { useRecording, type RecordingInHand, type Voice } from './use-recording';

interface VoiceBoxProps {
  readonly voice: Voice;
  readonly onChange: (voice: Voice) => void;
  readonly onListening: (listening: boolean) => void;
}

/** Speaking instead of writing: many cannot type. */
export function VoiceBox(props: VoiceBoxProps) {
  const { voices } = platform;
  return voices ? <Recorder voices={voices} {...props} /> : <ByKeyboard />;
}

/** The keyboard of every phone listens, too: what is said is written into the box. */
const ByKeyboard = () => (
  <View className="voice-box voice-box__words">
    不想打字，也可以说：点一下上面的框，再点手机键盘上的话筒，说的话就写进去了。
  </View>
);

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
          <HoldButton recording={recording} byHolding={voices.byHolding} />
          <View className="voice-box__words">{wordsUnder(recording, voices.byHolding)}</View>
          {phase === 'free' && (
            <Button look="text" onPress={recording.throwAway}>
              这一段不要了
            </Button>
          )}
        </>
      )}
      <View className={noteLook(trouble, voice)} {...aria({ role: 'alert', live: 'polite' })}>
        {trouble}
      </View>
    </View>
  );
}

/** Beside something that was kept it is no failure, only good to know. */
function noteLook(note: string | null, voice: Voice): string {
  if (note === null) return '';
  return voice ? 'voice-box__words' : 'field__error';
}

const longest = longestVoiceMs / 1_000;

function wordsUnder({ phase, seconds, sliding }: RecordingInHand, byHolding: boolean): string {
  const left = `还能说 ${Math.max(0, longest - seconds)} 秒`;
  const how = byHolding ? '也可以点一下开始，说完再点一下。' : '说完再点一下。';
  if (phase === 'idle') return `不想写就说给我们听，最长 ${longest} 秒。${how}`;
  if (phase === 'asking') return '第一次用，会先问您让不让用麦克风。';
  if (phase === 'free') return `正在听，${left}。`;
  return sliding ? '松开手指，这一段就不要了。' : `正在听，${left}。手指往上滑，这一段就不要了。`;
}

function KeptVoice({ voices, voice }: { voices: Voices; voice: NonNullable<Voice> }) {
  const [address, setAddress] = useState<string | null | undefined>();
  useEffect(() => void voices.kept(voice.id).then(setAddress), [voices, voice.id]);
  if (address === undefined) return null;
  if (address === null) return <View className="field__error">录音找不到了，请重新说一遍</View>;
  return <PlayButton address={address}>{`听一听 ${voice.seconds} 秒`}</PlayButton>;
}
