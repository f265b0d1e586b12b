import { newTemporaryFile } from '../files';
import { bytesOfBase64 } from './media';

interface Stopped {
  tempFilePath: string;
  duration: number;
  fileSize: number;
}

/** One for the whole app, as in WeChat. What was said is in the hands of the test; its length is not waited for. */
function makeRecorder() {
  const listeners: ((stopped: Stopped) => void)[] = [];
  let isOn = false;
  const stop = async () => {
    if (!isOn) return;
    isOn = false;
    const { sound, milliseconds } = await window.hands.say();
    const file = bytesOfBase64(sound, 'audio/mpeg');
    const stopped = { tempFilePath: newTemporaryFile(file, 'mp3'), duration: milliseconds, fileSize: file.size };
    listeners.forEach((tell) => tell(stopped));
  };
  return {
    onStop: (listener: (stopped: Stopped) => void) => void listeners.push(listener),
    onError: () => undefined,
    onInterruptionBegin: () => undefined,
    start: () => {
      isOn = true;
    },
    stop: () => void stop(),
  };
}

let recorder: ReturnType<typeof makeRecorder> | undefined;

export const recording = { getRecorderManager: () => (recorder ??= makeRecorder()) };
