import { Problem } from '@sandan/shared/problems';
import type { Reading } from '../database/connect';
import type { World } from '../http/world';
import type { TextScene } from '../world/wechat/client';
import { WechatFailure, type WechatFailureKind } from '../world/wechat/call';

/**
 * What WeChat's content check says of words that others will read (wechat.md §6):
 * pass      nothing against it
 * doubtful  a person must look at it (WeChat's `review`)
 * unjudged  WeChat cannot judge this person's words: not in WeChat, not there for two hours (61010), account unknown to it
 * away      WeChat does not answer at present
 * "risky" is none of them: such words are refused at once.
 */
export type Verdict = 'pass' | 'doubtful' | 'unjudged' | 'away';

/** Failures that lie with the person, not with the line: another try would end the same. */
const aboutThePerson: readonly WechatFailureKind[] = ['inactive', 'refused', 'risky'];

interface Words {
  personId: string;
  scene: TextScene;
  /** Up to 2,500 characters. */
  words: string;
}

type Outside = Pick<World, 'wechat' | 'log'>;

/**
 * Asks WeChat about the words, outside of any transaction. Their author must have been in the mini-program within the
 * last two hours; who writes in a browser cannot be judged.
 * @throws Problem text.refused, when WeChat finds them risky
 */
export async function checkWords(
  reading: Reading,
  world: Outside,
  { personId, scene, words }: Words,
): Promise<Verdict> {
  const openid = await openidOf(reading, personId);
  return openid === null ? 'unjudged' : judge(world, openid, scene, words);
}

async function judge({ wechat, log }: Outside, openid: string, scene: TextScene, words: string): Promise<Verdict> {
  try {
    const { suggest, label, traceId } = await wechat.checkText(openid, scene, words);
    if (suggest !== 'pass') log.info({ suggest, label, traceId }, 'content check');
    if (suggest === 'risky') throw new Problem('text.refused');
    return suggest === 'review' ? 'doubtful' : 'pass';
  } catch (failure) {
    if (!(failure instanceof WechatFailure)) throw failure;
    return aboutThePerson.includes(failure.kind) ? 'unjudged' : 'away';
  }
}

async function openidOf(reading: Reading, personId: string): Promise<string | null> {
  const [row] = await reading.query<{ openid: string }>(
    'SELECT openid FROM wechat_account WHERE person_id = ? ORDER BY created_at DESC LIMIT 1',
    [personId],
  );
  return row?.openid ?? null;
}

/** Comments are kept whatever WeChat says of them, but hidden from others until it passes them or a person does. */
export const isHeld = (verdict: Verdict): boolean => verdict !== 'pass';
