import Taro from '@tarojs/taro';
import { longestVoiceMs, NotAllowed, type Recorded, type Recording, type Voices } from './device';
import { dropFile, keptFile, saveFile, uploadFile } from './wechat-files';
import { reasonOf, type Failure } from './refusal-reason';
import { asking, refusalWords, type Wanted } from './wechat-refusal';

const voiceFile = (voiceId: string): string => `${Taro.env.USER_DATA_PATH}/${voiceId}.mp3`;

const wanted: Wanted = { what: '使用麦克风', instead: '可以写几句，或者拍张照片，一样能提交' };

interface UnderWay {
  readonly voiceId: string;
  /** The person does not want it, or a call came in between. */
  ending: 'cancelled' | 'interrupted' | null;
  end(recorded: Recorded | null): void;
  fail(error: unknown): void;
}

/** WeChat has one recorder for the whole app, and never forgets who listens: one set of listeners, one recording at a time. */
let underWay: UnderWay | null = null;
let recorder: Taro.RecorderManager | null = null;

function theRecorder(): Taro.RecorderManager {
  if (recorder) return recorder;
  recorder = Taro.getRecorderManager();
  recorder.onStop(({ tempFilePath, duration }) => void keep(tempFilePath, duration));
  recorder.onError((failure: Failure) => {
    const reason = reasonOf(failure);
    underWay?.fail(new NotAllowed(reason ? refusalWords(reason, wanted) : '没有录上，请再说一遍'));
    underWay = null;
  });
  // 来电、微信语音: WeChat only pauses; what was said until then is kept.
  recorder.onInterruptionBegin(() => {
    if (underWay) underWay.ending ??= 'interrupted';
    recorder?.stop();
  });
  return recorder;
}

async function keep(tempFilePath: string, milliseconds: number): Promise<void> {
  const ended = underWay;
  underWay = null;
  if (!ended) return;
  if (ended.ending === 'cancelled') return ended.end(null);
  try {
    await saveFile(tempFilePath, voiceFile(ended.voiceId));
    ended.end({ milliseconds, interrupted: ended.ending === 'interrupted' });
  } catch (error) {
    ended.fail(error);
  }
}

async function record(voiceId: string): Promise<Recording> {
  // Asked for by itself, so that nobody's first words are lost behind WeChat's question.
  await asking(Taro.authorize({ scope: 'scope.record' }), undefined, wanted);
  const manager = theRecorder();
  const ended = new Promise<Recorded | null>((resolve, reject) => {
    underWay = { voiceId, ending: null, end: resolve, fail: reject };
  });
  manager.start({
    ...{ duration: longestVoiceMs, format: 'mp3' },
    ...{ sampleRate: 16_000, encodeBitRate: 48_000, numberOfChannels: 1 },
  });
  return {
    ended,
    stop: () => manager.stop(),
    cancel: () => {
      if (underWay) underWay.ending = 'cancelled';
      manager.stop();
    },
  };
}

export const voices: Voices = {
  record,
  kept: (voiceId) => keptFile(voiceFile(voiceId)),
  drop: (voiceId) => dropFile(voiceFile(voiceId)),
  upload: (voiceId, upload) => uploadFile(voiceFile(voiceId), upload, '录音找不到了，请重新说一遍'),
};
