import Taro from '@tarojs/taro';
import { NotAllowed } from './device';
import { reasonOf, type Failure, type Reason } from './refusal-reason';

/** What is refused and what can be done without it, as halves of sentences. */
export interface Wanted {
  /** 使用相机和相册 */
  readonly what: string;
  /** 可以不拍照，写几句就行 */
  readonly instead: string;
}

export const cancelled = (failure: unknown): boolean => /cancel/.test((failure as Failure).errMsg ?? '');

/** What the person reads: why it did not go, and what he can do instead. */
export function refusalWords(reason: Reason, { what, instead }: Wanted): string {
  if (reason === 'account') return `这里暂时不能${what}。${instead}`;
  if (reason === 'privacy') return `您没有同意${what}，不要紧。${instead}；想用的话，过十秒再点一次`;
  return `没有允许${what}。${instead}；打开了开关，再点一次就行`;
}

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
