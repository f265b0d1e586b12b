import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import type { ProblemCode } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { CommitmentRecord } from './commitment-record';

const day = 24 * 60 * 60_000;

/** Until when everybody may say something about what was made public (公示期). */
export const opinionsUntil = ({ publishedAt }: Pick<CommitmentRecord, 'publishedAt'>): Date | null =>
  publishedAt && new Date(publishedAt.getTime() + commitmentLimits.opinionDays * day);

type Guard = (record: CommitmentRecord, caller: Caller) => ProblemCode | null;

const onlyBefore =
  (...ends: CommitmentRecord['roundState'][]): Guard =>
  ({ roundState }) =>
    ends.includes(roundState) ? 'commitment.round-over' : null;

const whileRunning = onlyBefore('closed');
const hasHeldWords: Guard = ({ heldWords }) => (heldWords > 0 ? null : 'commitment.words-not-found');
const hasChange: Guard = ({ openChange }) => (openChange === null ? 'commitment.change-not-found' : null);

/** What stands against an action beside state and rights (409); null: nothing. */
export const commitmentGuards: Readonly<Partial<Record<CommitmentAction, Guard>>> = {
  rewrite: whileRunning,
  submit: whileRunning,
  publish: onlyBefore('preparing', 'closed'),
  opine: (record, { now }) => {
    if (record.myOpinionId !== null) return 'commitment.opinion-given';
    const until = opinionsUntil(record);
    return until !== null && now <= until ? null : 'commitment.opinions-over';
  },
  answerOpinion: ({ unanswered }) => (unanswered > 0 ? null : 'commitment.opinion-answered'),
  requestChange: (record, caller) =>
    record.openChange === null ? whileRunning(record, caller) : 'commitment.change-open',
  approveChange: hasChange,
  refuseChange: hasChange,
  deliver: whileRunning,
  dispute: ({ state, acceptedAt, roundState }, { now }) => {
    if (roundState === 'closed') return 'commitment.round-over';
    const over = state === 'accepted' && acceptedAt !== null && +now - +acceptedAt > commitmentLimits.disputeDays * day;
    return over ? 'commitment.dispute-over' : null;
  },
  rate: whileRunning,
  showWords: hasHeldWords,
  hideWords: hasHeldWords,
  correct: ({ correctsTo }) => (correctsTo === null ? 'commitment.no-correction' : null),
};
