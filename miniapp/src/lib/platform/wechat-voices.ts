import Taro from '@tarojs/taro';
import { longestVoiceMs, NotAllowed, type Recorded, type Recording, type Voices } from './device';
import { dropFile, keptFile, saveFile, uploadFile } from './wechat-files';
import { reasonOf, refusalWords, type Failure, type Wanted } from './refusal-reason';
import { asking } from './wechat-refusal';

const voiceFile = (voiceId: string): string => `${Taro.env.USER_DATA_PATH}/${voiceId}.mp3`;

const wanted: Wanted = { what: '使用麦克风', instead: '可以写几句，或者拍张照片，一样能提交' };

interface UnderWay {
  readonly voiceId: string;
  /** The person does not want it, or a call came in between. */
  ending: 'cancelled' | 'interrupted' | null;
  /** WeChat listens: only now is it true that it does, and only now does it take a `stop`. */
  begin(): void;
  end(recorded: Recorded | null): void;
  fail(error: unknown): void;
}

/** WeChat has one recorder for the whole app, and never forgets who listens: one set of listeners, one recording at a time. */
let underWay: UnderWay | null = null;
let recorder: Taro.RecorderManager | null = null;

function theRecorder(): Taro.RecorderManager {
  if (recorder) return recorder;
  const made = Taro.getRecorderManager();
  recorder = made;
  made.onStart(() => underWay?.begin());
  made.onStop(({ tempFilePath, duration }) => void keep(tempFilePath, duration));
  made.onError((failure: Failure) => {
    const failed = underWay;
    underWay = null;
    if (failed?.ending === 'cancelled') return failed.end(null);
    const reason = reasonOf(failure);
    failed?.fail(new NotAllowed(reason ? refusalWords(reason, wanted) : '没有录上，请再说一遍'));
  });
  // 来电、微信语音: WeChat only pauses; what was said until then is kept.
  made.onInterruptionBegin(() => {
    if (!underWay) return;
    underWay.ending ??= 'interrupted';
    made.stop();
  });
  return made;
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

async function record(voiceId: string, isWanted: () => boolean): Promise<Recording | null> {
  // Asked for by itself, so that nobody's first words are lost behind WeChat's question.
  await asking(Taro.authorize({ scope: 'scope.record' }), undefined, wanted);
  if (!isWanted()) return null;
  // What was thrown away a moment ago has yet to come to its end: its sound would be taken for this one's.
  if (underWay) giveUp(underWay);
  return begun(voiceId);
}

/** Once, not for ever: a recorder that has died in the background never says that it has stopped. */
function giveUp(left: UnderWay): never {
  underWay = null;
  left.end(null);
  theRecorder().stop();
  throw new NotAllowed('上一段还没有停好，请再按一次');
}

function begun(voiceId: string): Promise<Recording> {
  const manager = theRecorder();
  return new Promise((resolve, reject) => {
    const ended = new Promise<Recorded | null>((end, fail) => {
      underWay = { voiceId, ending: null, begin: () => resolve(recording), end, fail };
    });
    const mine = underWay;
    const stop = (ending: 'cancelled' | null) => {
      if (!mine || underWay !== mine) return; // over already
      mine.ending = ending ?? mine.ending;
      manager.stop();
    };
    const recording: Recording = { ended, stop: () => stop(null), cancel: () => stop('cancelled') };
    ended.then(() => resolve(recording), reject); // where it ends before it has begun
    manager.start({
      ...{ duration: longestVoiceMs, format: 'mp3' },
      ...{ sampleRate: 16_000, encodeBitRate: 48_000, numberOfChannels: 1 },
    });
  });
}

export const voices: Voices = {
  byHolding: true,
  record,
  kept: (voiceId) => keptFile(voiceFile(voiceId)),
  drop: (voiceId) => dropFile(voiceFile(voiceId)),
  upload: (voiceId, upload) => uploadFile(voiceFile(voiceId), upload, '录音找不到了，请重新说一遍'),
};
