import { isPersonal } from '@sandan/shared/commitments/commitment.words';
import { chinaDate } from '@sandan/shared/china-time';
import { CommitmentChange, type Content } from '../rooms/commitments/commitment.entity';
import { keeperOf, promisedPeople, reviewerOf } from './commitment-cast';
import { lastDayOf } from './commitment-year';
import { rowsOf, type Deed } from './deed';
import { tell } from './deed-acts';
import { acceptIt, contentWith, dayMs, deliverIt, goOn, textsWith } from './deed-steps';
import * as sayings from './words/commitment-sayings';
import type { DeedTexts } from './words/deed-words';

/** What does not go straight with a deed. */
export type Twist =
  | 'none'
  | 'reject'
  | 'uphold'
  | 'dismiss'
  | 'amend'
  | 'postpone'
  | 'refuse'
  | 'partly'
  | 'abandon'
  | 'carryOver'
  | 'release';

interface Asked {
  kind: CommitmentChange['kind'];
  reason: string;
  content?: Content;
  texts: DeedTexts;
}

function askedFor(deed: Deed, twist: Twist): Asked {
  const { record, year, texts, wording } = deed;
  const { random } = deed.stage;
  switch (twist) {
    case 'amend': {
      const more = textsWith(deed, { n: Number(texts.n) + wording.count[2] * random.int(1, 3) });
      return {
        kind: 'amend',
        reason: random.pick(sayings.amendReasons),
        content: contentWith(deed, more),
        texts: more,
      };
    }
    case 'abandon':
      return { kind: 'abandon', reason: random.pick(sayings.abandonReasons), texts };
    case 'carryOver':
      return { kind: 'carryOver', reason: random.pick(sayings.carryReasons), texts };
    default: {
      const deadline = lastDayOf(year.number, Math.min(12, Number(record.deadline.slice(5, 7)) + 1));
      const later = textsWith(deed, { deadline });
      const reason = random.pick(twist === 'refuse' ? sayings.refusedReasons : sayings.postponeReasons);
      return { kind: 'postpone', reason, content: contentWith(deed, later, deadline), texts: later };
    }
  }
}

/** 申请变更, waiting for the level above. Returns what the deed says once it is approved. */
export async function askChange(deed: Deed, twist: Twist): Promise<DeedTexts> {
  const { kind, reason, content, texts } = askedFor(deed, twist);
  await tell(deed, keeperOf(deed), 'requestChange', { kind, reason, ...(content ? { content } : {}), judged: null });
  return texts;
}

/** The same with the answer, some days later. */
export async function changeIt(deed: Deed, twist: Twist): Promise<void> {
  const texts = await askChange(deed, twist);
  const { random } = deed.stage;
  goOn(deed, 0.5, 5);
  const [change] = rowsOf<CommitmentChange>(deed, CommitmentChange).filter(({ isOpen }) => isOpen === 1);
  if (!change) throw new Error('No change waits');
  const answer = { changeId: change.id };
  if (twist === 'refuse') {
    await tell(deed, reviewerOf(deed), 'refuseChange', { ...answer, words: random.pick(sayings.refuseWords) });
    return;
  }
  await tell(deed, reviewerOf(deed), 'approveChange', { ...answer, words: random.pick(sayings.approveChangeWords) });
  deed.texts = texts;
}

/** 免除: who has moved away or is ill for long owes it no more. */
export async function releaseIt(deed: Deed): Promise<void> {
  const which = deed.stage.random.int(0, 1);
  const reason = which === 0 ? ('moved' as const) : ('longIllness' as const);
  await tell(deed, reviewerOf(deed), 'release', { reason, words: sayings.releaseWords[which] ?? '' });
}

const inDays = ({ at }: Deed, days: number): string => chinaDate(at.getTime() + days * dayMs);

async function mended(deed: Deed): Promise<void> {
  goOn(deed, 2, 7);
  await deliverIt(deed, { words: deed.stage.random.pick(sayings.mendedWords) });
  goOn(deed, 0.5, 3);
}

/** 退回整改, once. */
export async function rejectIt(deed: Deed): Promise<void> {
  const words = deed.stage.random.pick(sayings.rejectWords);
  await tell(deed, reviewerOf(deed), 'reject', { words, mendBy: inDays(deed, 10) });
  await mended(deed);
}

/** 异议 of somebody it was promised to. */
export async function disputeIt(deed: Deed): Promise<void> {
  const [somebody] = promisedPeople(deed);
  if (!somebody) throw new Error(`Nobody lives where “${deed.record.title}” was promised`);
  await tell(deed, somebody, 'dispute', {
    ...{ words: deed.stage.random.pick(sayings.disputeWords), photoIds: [], judged: null },
  });
}

/**
 * Disputed and decided in public by the secretary of the town. What he accepts himself is disputed before that: nobody
 * disputes away what he has accepted.
 */
export async function disputed(deed: Deed, twist: 'uphold' | 'dismiss'): Promise<void> {
  const { random, population } = deed.stage;
  const above = population.prepared.townSecretary;
  const isOwn = !isPersonal(deed.record.kind) || reviewerOf(deed) === above;
  if (!isOwn) await acceptIt(deed);
  goOn(deed, 0.5, 4);
  await disputeIt(deed);
  goOn(deed, 2, 7);
  if (twist === 'dismiss') {
    await tell(deed, above, 'dismiss', { words: random.pick(sayings.dismissWords) });
    goOn(deed, 0.2, 2);
  } else {
    await tell(deed, above, 'uphold', { words: random.pick(sayings.upholdWords), mendBy: inDays(deed, 12) });
    await mended(deed);
  }
}
