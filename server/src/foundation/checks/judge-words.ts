import type { Reading } from '../database/connect';
import type { World } from '../http/world';
import { WechatFailure, type WechatFailureKind } from '../world/wechat/call';
import type { TextScene } from '../world/wechat/client';
import { away, unjudged, verdictOf, type Judged } from './verdict';

/** Failures that lie with the person, not with the line: asked at once again, it would end the same. */
const aboutThePerson: readonly WechatFailureKind[] = ['inactive', 'unknownPerson', 'refused', 'risky'];

interface Words {
  personId: string;
  scene: TextScene;
  words: string;
}

/** WeChat takes no more at once (wechat.md §6.1). */
const longest = 2_500;

/**
 * Asks WeChat about the words, outside of any transaction. Their author must have been in the mini-program within the
 * last two hours; who writes in a browser cannot be judged.
 */
export async function judgeWords(
  world: Pick<World, 'wechat' | 'log' | 'database'>,
  { personId, scene, words }: Words,
): Promise<Judged> {
  const openid = await openidOf(world.database.reading, personId);
  if (openid === null) return unjudged;
  try {
    const { suggest, label, traceId } = await world.wechat.checkText(openid, scene, words.slice(0, longest));
    if (suggest !== 'pass') world.log.info({ suggest, label, traceId }, 'content check');
    return { verdict: verdictOf(suggest), label, traceId };
  } catch (failure) {
    return verdictOfFailure(failure);
  }
}

/** @throws what is no failure of WeChat's */
export function verdictOfFailure(failure: unknown): Judged {
  if (!(failure instanceof WechatFailure)) throw failure;
  return aboutThePerson.includes(failure.kind) ? unjudged : away;
}

export async function openidOf(reading: Reading, personId: string): Promise<string | null> {
  const [row] = await reading.query<{ openid: string }>(
    'SELECT openid FROM wechat_account WHERE person_id = ? ORDER BY created_at DESC LIMIT 1',
    [personId],
  );
  return row?.openid ?? null;
}
