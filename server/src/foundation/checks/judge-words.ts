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
/** So much of the part before stands in the next one, too: what is cut in two is read whole once. */
const overlap = 100;

export function partsOf(words: string): string[] {
  const characters = [...words];
  const starts = Math.max(1, Math.ceil((characters.length - overlap) / (longest - overlap)));
  return Array.from({ length: starts }, (_, index) => index * (longest - overlap)).map((from) =>
    characters.slice(from, from + longest).join(''),
  );
}

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
    let worst: Judged | null = null;
    for (const part of partsOf(words)) {
      const { suggest, label, traceId } = await world.wechat.checkText(openid, scene, part);
      if (suggest !== 'pass') world.log.info({ suggest, label, traceId }, 'content check');
      if (worst === null || isWorse(suggest, worst)) worst = { verdict: verdictOf(suggest), label, traceId };
    }
    return worst ?? unjudged;
  } catch (failure) {
    return verdictOfFailure(failure);
  }
}

const isWorse = (suggest: 'pass' | 'review' | 'risky', { verdict }: Judged): boolean =>
  suggest === 'risky' ? verdict !== 'risky' : suggest === 'review' && verdict === 'pass';

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
