import { dropFile, keepFile, keptFile, uploadFile } from './browser-files';
import { longestVoiceMs, NotAllowed, type Recorded, type Recording, type Voices } from './device';
import { waveOf, waveRate } from './wave';

const instead = '可以写几句，或者拍张照片，一样能提交';

/** By the name of the browser's refusal. */
const refusals: Readonly<Record<string, string>> = {
  NotAllowedError: `没有允许使用麦克风。${instead}；想用的话，请在浏览器的网站设置里允许麦克风`,
  NotFoundError: `这里没有麦克风。${instead}`,
};

const microphone = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).catch((error: Error) => {
    throw new NotAllowed(refusals[error.name] ?? `麦克风现在用不了。${instead}`);
  });

/**
 * What a browser records is WebM in one and MP4 in fragments in another, and WeChat plays neither on an iPhone: it is kept
 * as WAV, which everything plays.
 */
async function kept(voiceId: string, recorded: Blob): Promise<number> {
  const decoder = new OfflineAudioContext(1, 1, waveRate); // which gives the sound at this rate
  const sound = await decoder.decodeAudioData(await recorded.arrayBuffer()).catch(() => {
    throw new NotAllowed('没有录上，请再说一遍');
  });
  const most = (longestVoiceMs / 1_000) * waveRate;
  const samples = sound.getChannelData(0).subarray(0, most);
  await keepFile(voiceId, waveOf(samples));
  return (samples.length / waveRate) * 1_000;
}

async function record(voiceId: string, isWanted: () => boolean): Promise<Recording | null> {
  const stream = await microphone();
  const letGo = () => stream.getTracks().forEach((track) => track.stop()); // and its light goes out
  if (!isWanted()) {
    letGo();
    return null;
  }
  const recorder = new MediaRecorder(stream);
  const ending = { isCancelled: false, isInterrupted: false };
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  // A call, or the microphone was pulled out: the recorder stops by itself.
  stream.getTracks().forEach((track) => track.addEventListener('ended', () => (ending.isInterrupted = true)));
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
  recorder.start();
  const full = setTimeout(stop, longestVoiceMs);
  const ended = stopped.then(async (): Promise<Recorded | null> => {
    clearTimeout(full);
    letGo();
    if (ending.isCancelled) return null;
    return { milliseconds: await kept(voiceId, new Blob(parts)), interrupted: ending.isInterrupted };
  });
  const cancel = () => {
    ending.isCancelled = true;
    stop();
  };
  return { ended, stop, cancel };
}

const canRecord = (): boolean =>
  typeof MediaRecorder === 'function' && navigator.mediaDevices?.getUserMedia !== undefined; // not over plain http

let voices: Voices | null | undefined;

/** Null in a browser that cannot record. */
export function browserVoices(): Voices | null {
  voices ??= canRecord()
    ? {
        byHolding: window.matchMedia('(any-pointer: coarse)').matches,
        record,
        kept: keptFile,
        drop: dropFile,
        upload: (voiceId, upload) => uploadFile(voiceId, `${voiceId}.wav`, upload, '录音找不到了，请重新说一遍'),
      }
    : null;
  return voices;
}
