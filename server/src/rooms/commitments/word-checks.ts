import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { askChecks, type Asked } from '../../foundation/checks/ask-checks';
import { judgeWords } from '../../foundation/checks/judge-words';
import { forAPerson, type Judged } from '../../foundation/checks/verdict';
import type { Db, Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { photosOfAction } from '../../foundation/photos/photos-of-action';
import { admitted } from './act';
import { rootOf } from './answer-checks';
import type { Commitment } from './commitment.entity';
import type { Passed } from './review.service';

interface Asking {
  reading: Reading;
  world: World;
  caller: Caller;
  params: { commitmentId: string };
  actionId: string | null;
}

/** What WeChat said before the transaction; null where there was nothing to ask about. */
export interface Heard {
  judged: Judged | null;
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
 * @throws Problem whatever stands against the act
 */
export async function verdictOn(
  call: Asking & { body: () => object },
  action: CommitmentAction,
): Promise<Judged | null> {
  const { isRepeat } = await admitted(call.reading, call, action);
  const words = isRepeat ? '' : wordsIn(call.body());
  if (words === '') return null;
  return judgeWords(call.world, { personId: call.caller.personId, scene: 'comment', words });
}

/**
 * 践诺、变更: whoever has promised writes his report anew where it is risky; all else is kept, and hidden until it passes.
 * @throws Problem text.refused, and whatever stands against the act
 */
export async function verdictOnOwn(
  call: Asking & { body: () => object },
  action: CommitmentAction,
): Promise<Judged | null> {
  const judged = await verdictOn(call, action);
  if (judged?.verdict === 'risky') throw new Problem('text.refused');
  return judged;
}

/** 意见、异议、评诺: what a resident says is never lost; whatever WeChat says of it, it is stored, and at worst hidden. */
export const heard = <Body extends object, C extends { body: () => Body; prepared: Judged | null }>(
  call: C & { body: () => Body },
) => ({
  ...call,
  body: (): Body & Heard => ({ ...call.body(), judged: call.prepared }),
});

/**
 * 申请变更: once it is approved its wording is public, so it waits for WeChat as the deed itself did (see
 * {@link verdictOnDeed}).
 * @throws Problem text.refused, text.check-away, and whatever stands against asking
 */
export async function verdictOnChange(call: Asking & { body: () => { content?: unknown } }): Promise<Judged | null> {
  const judged = await verdictOnOwn(call, 'requestChange');
  if (judged?.verdict === 'away' && call.body().content) throw new Problem('text.check-away', { retryAfter: 10 });
  return judged;
}

/**
 * 亮诺: the words of the deed itself. Where WeChat is in doubt or cannot judge, the two people who have read it decide: it
 * was approved by somebody who did not write it, and the secretary who makes it public answers for it; the verdict is
 * told in the history. Only while WeChat is away nothing is made public: it will be back.
 * @throws Problem text.refused, text.check-away, and whatever stands against publishing
 */
export async function verdictOnDeed(call: Asking): Promise<Passed> {
  const { record, isRepeat } = await admitted(call.reading, call, 'publish');
  if (isRepeat) return { judged: null, checked: record.contentVersion };
  const about = { personId: call.caller.personId, scene: 'forum' as const, words: wordsIn(record) };
  const judged = await judgeWords(call.world, about);
  if (judged.verdict === 'risky') throw new Problem('text.refused');
  if (judged.verdict === 'away') throw new Problem('text.check-away', { retryAfter: 10 });
  return { judged, checked: record.contentVersion };
}

type Placed = Parameters<typeof rootOf>[0];

interface Written extends Heard {
  field: Extract<Asked['field'], `commitment.${string}`>;
  thingId: string;
  authorId?: string;
  passedById?: string;
}

/** Keeps what WeChat said with the words it was said of, and hides them from others as long as need be. */
export async function keepVerdict(
  db: Db,
  deed: Placed,
  caller: Caller,
  { field, thingId, authorId = caller.personId, judged, passedById }: Written,
): Promise<void> {
  if (!judged) return;
  const answerable = passedById === undefined ? {} : { passedById };
  await askChecks(db, rootOf(deed), caller, [{ field, thingId, authorId, judged, ...answerable }]);
}

/** A deed that a person has hidden has got another wording: it stays hidden until the desk has read it. */
export const lookAgain = (db: Db, deed: Placed & Pick<Commitment, 'authorId'>, caller: Caller): Promise<void> =>
  askChecks(db, rootOf(deed), caller, [
    { field: 'commitment.deed', thingId: deed.id, authorId: deed.authorId, judged: forAPerson },
  ]);

/** Photos of a deed, on the wall and in its story: everybody in the town sees them once they have passed. */
export const deedPhotos = (deed: Placed, caller: Caller, ids: readonly string[], actionId: string) =>
  photosOfAction({
    ...{ ids, ownerId: caller.personId, actionId, now: caller.now, reference: caller.reference },
    checked: { field: 'commitment.photo', of: rootOf(deed) },
  });
