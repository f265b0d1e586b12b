import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { checkWords, isHeld, type Verdict } from '../../foundation/words/checked-words';
import { admitted } from './act';
import type { Passed } from './review.service';

interface Asking {
  reading: Reading;
  world: World;
  caller: Caller;
  params: { commitmentId: string };
  actionId: string | null;
}

/** The words of a body, wherever they stand in it: title, words, for whom, whose money, reason, the content of a change. */
function wordsIn(body: object): string {
  const { title, words, forWords, moneySource, reason, content } = body as Readonly<Record<string, unknown>>;
  const inside = typeof content === 'object' && content !== null ? wordsIn(content) : '';
  return [title, words, forWords, moneySource, reason, inside]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n');
}

/**
 * Before an act whose words others will read: refused as the act itself would be (decisions.md §2.6), then the words go to
 * WeChat. A repeat is not asked about again, it was answered.
 * @throws Problem text.refused, and whatever stands against the act
 */
export async function verdictOn(call: Asking & { body: () => object }, action: CommitmentAction): Promise<Verdict> {
  const { isRepeat } = await admitted(call.reading, call, action);
  const words = isRepeat ? '' : wordsIn(call.body());
  if (words === '') return 'pass';
  return checkWords(call.reading, call.world, { personId: call.caller.personId, scene: 'comment', words });
}

/**
 * 意见、异议、评诺: what a resident says is never lost. Risky words were refused; what WeChat is in doubt about, cannot judge,
 * or does not answer to, is stored and held: its author and whoever must answer see it, others once it was answered.
 */
export const heard = <Body extends object, C extends { body: () => Body; prepared: Verdict }>(
  call: C & { body: () => Body },
) => ({
  ...call,
  body: (): Body & { held: 0 | 1 } => ({ ...call.body(), held: isHeld(call.prepared) ? 1 : 0 }),
});

/**
 * 申请变更: once it is approved its wording is public, so it waits for WeChat as the deed itself did (see
 * {@link verdictOnDeed}).
 * @throws Problem text.refused, text.check-away, and whatever stands against asking
 */
export async function verdictOnChange(call: Asking & { body: () => { content?: unknown } }): Promise<void> {
  const verdict = await verdictOn(call, 'requestChange');
  if (verdict === 'away' && call.body().content) throw new Problem('text.check-away', { retryAfter: 10 });
}

/**
 * 亮诺: the words of the deed itself. Where WeChat is in doubt or cannot judge, the two people who have read it decide: it
 * was approved by somebody who did not write it, and the secretary who makes it public answers for it; the verdict is
 * told in the history. Only while WeChat is away nothing is made public: it will be back.
 * @throws Problem text.refused, text.check-away, and whatever stands against publishing
 */
export async function verdictOnDeed(call: Asking): Promise<Passed> {
  const { record, isRepeat } = await admitted(call.reading, call, 'publish');
  if (isRepeat) return { verdict: 'pass', checked: record.contentVersion };
  const about = { personId: call.caller.personId, scene: 'forum' as const, words: wordsIn(record) };
  const verdict = await checkWords(call.reading, call.world, about);
  if (verdict === 'away') throw new Problem('text.check-away', { retryAfter: 10 });
  return { verdict, checked: record.contentVersion };
}
