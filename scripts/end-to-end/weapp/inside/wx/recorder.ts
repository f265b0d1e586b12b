import { newTemporaryFile } from '../files';
import { bytesOfBase64 } from './media';
import { isPermitted } from './privacy';

type Happening = 'start' | 'stop' | 'error' | 'interruptionBegin';

/**
 * One for the whole app, as in WeChat: it forgets no listener, takes no `stop` before it has begun and no second `start`
 * before it has ended. What was said, and how long that took, is in the hands of the test.
 */
function makeRecorder() {
  const listeners: Record<Happening, ((told: object) => void)[]> = {
    ...{ start: [], stop: [], error: [], interruptionBegin: [] },
  };
  const tell = (what: Happening, told: object = {}) => listeners[what].forEach((listener) => listener(told));
  const refuse = (reason: string) => tell('error', { errMsg: `operateRecorder:fail ${reason}` });
  let state: 'off' | 'begins' | 'on' = 'off';
  let full: number | undefined;
  const end = async () => {
    state = 'off';
    window.clearTimeout(full);
    const { sound, milliseconds } = await window.hands.say();
    const file = bytesOfBase64(sound, 'audio/mpeg');
    tell('stop', { tempFilePath: newTemporaryFile(file, 'mp3'), duration: milliseconds, fileSize: file.size });
  };
  const begin = (duration: number) => {
    state = 'on';
    full = window.setTimeout(() => void end(), duration);
    tell('start');
  };
  const on = (what: Happening) => (listener: (told: object) => void) => void listeners[what].push(listener);
  return {
    ...{ onStart: on('start'), onStop: on('stop'), onError: on('error') },
    onInterruptionBegin: on('interruptionBegin'),
    start: ({ duration = 60_000 }: { duration?: number }) => {
      if (!isPermitted('scope.record')) return refuse('auth deny');
      if (state !== 'off') return refuse('is recording or paused');
      state = 'begins';
      void window.hands.openMicrophone().then(() => begin(duration));
    },
    stop: () => (state === 'on' ? void end() : refuse('recorder not start')),
    /** A call comes in: WeChat pauses, and says so. */
    interrupt: () => {
      if (state === 'on') tell('interruptionBegin');
    },
  };
}

let recorder: ReturnType<typeof makeRecorder> | undefined;

/** Somebody calls. */
export const ring = (): void => recorder?.interrupt();

export const recording = { getRecorderManager: () => (recorder ??= makeRecorder()) };
