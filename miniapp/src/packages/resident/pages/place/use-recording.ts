import { useDidHide } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { newId } from '../../../../lib/ids';
import {
  longestVoiceMs,
  NotAllowed,
  type Recorded,
  type Recording,
  type Voices,
} from '../../../../lib/platform/device';
import { troubleWords } from '../../../../ui/trouble';
import type { PlaceFields } from './place-draft';

export type Voice = PlaceFields['voice'];

/** `held`: as long as the finger stays. `free`: until it is touched again, for whoever cannot hold, and for read-aloud. */
export type Phase = 'idle' | 'asking' | 'held' | 'free';

/** A shorter touch is none that holds. */
const touchMs = 400;
const shortestMs = 1_000;
/** So far up, the person wants to be rid of it. */
const slideOffPx = 80;

/** The recorder of a phone stops a little early, or late. */
const nearlyMs = 500;

const nowAllowed = '可以说了，请再按住说一次';

/** What is to be known of what was kept; nothing where it ended as the person wanted. */
function endWords({ interrupted, milliseconds }: Recorded): string | null {
  if (interrupted) return '中间被打断了。前面说的留下了，可以听一听，也可以重新说';
  return milliseconds < longestVoiceMs - nearlyMs ? null : '说满一分钟了，前面说的都留下了。没说完的可以写几句';
}

interface Finger {
  readonly at: number;
  readonly y: number;
}

export interface RecordingInHand {
  readonly phase: Phase;
  readonly seconds: number;
  /** Lifted now, the finger throws it away. */
  readonly sliding: boolean;
  readonly trouble: string | null;
  readonly down: (y: number) => void;
  readonly move: (y: number) => void;
  readonly up: () => void;
  /** The phone took the touch away: a question of WeChat's, a call. */
  readonly lost: () => void;
  /** Pressed by a key or by read-aloud: there is no finger. */
  readonly press: () => void;
  readonly throwAway: () => void;
}

/** 按住说话, or a touch to begin and a touch to end. `onKept` gets what was said, kept on the phone. */
export function useRecording(voices: Voices, onKept: (voice: NonNullable<Voice>) => void): RecordingInHand {
  const [phase, setPhase] = useState<Phase>('idle');
  const [sliding, setSliding] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const underWay = useRef<Recording | null>(null);
  const finger = useRef<Finger | null>(null);
  /** How it is to go on once the microphone is there; null: the finger has gone in the meantime. */
  const wanted = useRef<'held' | 'free' | null>(null);
  const seconds = useSeconds(phase === 'held' || phase === 'free');
  const stop = () => underWay.current?.stop();
  // Nothing is recorded that the person does not see, nor begun once he has gone: the question may have taken a while.
  useEffect(
    () => () => {
      wanted.current = null;
      underWay.current?.cancel();
    },
    [],
  );
  useDidHide(() => {
    if (underWay.current) stop();
    else wanted.current = null;
  });

  const record = async (id: string): Promise<void> => {
    const recording = await voices.record(id, () => wanted.current !== null);
    if (recording === null) throw new NotAllowed(nowAllowed);
    underWay.current = recording;
    if (wanted.current === null) recording.cancel();
    else setPhase(wanted.current);
    const recorded = await recording.ended;
    if (wanted.current === null) throw new NotAllowed(nowAllowed);
    if (recorded === null) return;
    if (recorded.milliseconds < shortestMs) {
      await voices.drop(id);
      throw new NotAllowed('太短了，没有听清，请说久一点');
    }
    onKept({ id, seconds: Math.ceil(Math.min(recorded.milliseconds, longestVoiceMs) / 1_000) });
    setTrouble(endWords(recorded));
  };

  const begin = async (how: 'held' | 'free') => {
    wanted.current = how;
    setTrouble(null);
    setPhase('asking');
    try {
      await record(newId());
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      underWay.current = null;
      setSliding(false);
      setPhase('idle');
    }
  };

  const goOnFreely = () => {
    wanted.current = 'free';
    if (underWay.current) setPhase('free');
  };
  const down = (y: number) => {
    if (phase === 'free') return stop();
    if (phase !== 'idle') return;
    finger.current = { at: Date.now(), y };
    void begin('held');
  };
  const up = () => {
    const { current } = finger;
    finger.current = null;
    if (!current) return;
    if (Date.now() - current.at < touchMs) return goOnFreely();
    if (!underWay.current) wanted.current = null;
    else if (sliding) underWay.current.cancel();
    else stop();
  };
  const lost = () => {
    if (!finger.current) return;
    finger.current = null;
    if (underWay.current) goOnFreely();
    else wanted.current = null;
  };
  return {
    ...{ phase, seconds, sliding, trouble, down, up, lost },
    move: (y) => finger.current && setSliding(finger.current.y - y > slideOffPx),
    press: () => (phase === 'idle' ? void begin('free') : stop()),
    throwAway: () => underWay.current?.cancel(),
  };
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
