import Taro from '@tarojs/taro';
import { NotAllowed } from './device';
import { reasonOf, refusalWords, type Failure, type Wanted } from './refusal-reason';

export const cancelled = (failure: unknown): boolean => /cancel/.test((failure as Failure).errMsg ?? '');

/** Answers `nothing` when the person changed his mind, throws `NotAllowed` when a right is missing, having offered the switch. */
export async function asking<T>(work: Promise<T>, nothing: T, wanted: Wanted): Promise<T> {
  try {
    return await work;
  } catch (failure) {
    if (cancelled(failure)) return nothing;
    return refuse(failure as Failure, wanted);
  }
}

/** A refusal of a right, in words; anything else is thrown as it is. */
export async function refuse(failure: Failure, wanted: Wanted): Promise<never> {
  const reason = reasonOf(failure);
  if (reason === null) throw failure;
  if (reason === 'switch') await offerSettings(wanted);
  throw new NotAllowed(refusalWords(reason, wanted));
}

/** WeChat remembers a no and does not ask again: only the person himself can turn it on. */
async function offerSettings({ what }: Wanted): Promise<void> {
  const { confirm } = await Taro.showModal({
    title: `没有允许${what}`,
    content: '要打开设置，把它允许了吗？不打开也不影响别的。',
    confirmText: '打开设置',
    cancelText: '不用了',
  });
  if (confirm) await openSettings();
}

/** Every switch of this mini-program: camera, microphone, place, messages. Going back is no failure. */
export const openSettings = (): Promise<void> => Taro.openSetting({}).then(ignore, ignore);

const ignore = (): void => undefined;
