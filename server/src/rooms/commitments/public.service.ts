import { commitmentLimits as limits } from '@sandan/shared/commitments/commitment.words';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { photosOfAction } from '../../foundation/photos/photos-of-action';
import type { Effect, Scene } from './act';
import { answerClock, workingDaysFrom } from './commitment-clocks';
import type { CommitmentRecord } from './commitment-record';
import { CommitmentDispute, CommitmentOpinion, CommitmentRating } from './commitment.entity';
import { mendingDay } from './review.service';

type Api = typeof commitmentsApi;

/** What residents say is kept whatever the content check says of it; held, it is hidden from others. */
interface Said {
  held: 0 | 1;
}

/** 公示期提意见: once each, answered in public. */
export const opine: Effect<BodyOf<Api['opine']> & Said> = async ({ record, caller, actionId }, { words, held }) => ({
  together: true,
  clocks: [answerClock('opinion', actionId, record, answerDue(record, caller, limits.opinionAnswerDays))],
  beside: (db) =>
    db.insert(CommitmentOpinion, [
      { id: actionId, commitmentId: record.id, personId: caller.personId, words, held, at: caller.now },
    ]),
});

export const answerOpinion: Effect<BodyOf<Api['answerOpinion']>> = async (
  { record, caller },
  { opinionId, words, keepHeld },
) => ({
  words,
  facts: { opinionId },
  beside: async (db) => {
    const answered = await db.write(
      `UPDATE commitment_opinion SET answer = ?, answered_by_id = ?, answered_by = ?, answered_at = ?,
         held = IF(?, held, 0) WHERE id = ? AND commitment_id = ? AND answered_at IS NULL`,
      [words, caller.personId, caller.name, caller.now, keepHeld ?? false, opinionId, record.id],
    );
    if (answered === 0) throw new Problem('commitment.opinion-not-found');
  },
});

/** 异议: the level above the reviewer answers in public within ten working days. */
export const dispute: Effect<BodyOf<Api['dispute']> & Said> = async (
  { record, caller, actionId },
  { words, held, photoIds },
) => {
  const dueAt = answerDue(record, caller, limits.disputeAnswerDays);
  return {
    set: { disputedFrom: record.state === 'accepted' ? 'accepted' : 'delivered' },
    clocks: [answerClock('dispute', record.id, record, dueAt)],
    beside: async (db) => {
      const row = {
        id: actionId,
        commitmentId: record.id,
        personId: caller.personId,
        words,
        held,
        at: caller.now,
        isOpen: 1,
      };
      await db.insert(CommitmentDispute, [{ ...row, dueAt }]);
      await photosOfAction(photoIds, caller.personId, actionId, caller.now)(db);
    },
  };
};

const answerDue = ({ townId }: CommitmentRecord, { now, reference }: Caller, days: number): Date =>
  workingDaysFrom(reference, townId, now, days);

interface Decision {
  upheld: boolean;
  words: string;
  /** What the content check held back stays so; otherwise the public answer shows it, too. */
  keepHeld?: boolean | undefined;
}

const decide = (db: Db, { record, caller }: Scene, { upheld, words, keepHeld = false }: Decision): Promise<number> =>
  db.write(
    `UPDATE commitment_dispute SET is_open = NULL, upheld = ?, answer = ?, answered_by_id = ?, answered_by = ?,
       answered_at = ?, held = IF(?, held, 0) WHERE commitment_id = ? AND is_open = 1`,
    [upheld ? 1 : 0, words, caller.personId, caller.name, caller.now, keepHeld, record.id],
  );

/** 异议成立: back to be mended, by a day; what was accepted is so no more. */
export const uphold: Effect<BodyOf<Api['uphold']>> = async (scene, { words, mendBy, keepHeld }) => ({
  words,
  set: {
    ...{ mendBy: mendingDay(scene, mendBy), disputedFrom: null },
    ...{ deliveredAt: null, acceptedAt: null, acceptedById: null },
  },
  facts: { mendBy },
  beside: async (db) => void (await decide(db, scene, { upheld: true, words, keepHeld })),
});

export const dismiss: Effect<BodyOf<Api['dismiss']>> = async (scene, { words, keepHeld }) => ({
  to: scene.record.disputedFrom ?? 'delivered',
  words,
  set: { disputedFrom: null },
  beside: async (db) => void (await decide(db, scene, { upheld: false, words, keepHeld })),
});

/** 评诺: once each, changed as often as one likes until the year is closed; the sum is told, the words without names. */
export const rate: Effect<BodyOf<Api['rate']> & Said> = async ({ record: { id }, caller }, { stars, words, held }) => ({
  together: true,
  beside: async (db) => {
    const { personId, now: at } = caller;
    // Under the lock of the deed: the same person's other phone has either finished or not begun.
    const [before] = await db.query<{ stars: number }>(
      'SELECT stars FROM commitment_rating WHERE commitment_id = ? AND person_id = ?',
      [id, personId],
    );
    const row = { commitmentId: id, personId, stars, words: words ?? null, held, at };
    await db.upsert(CommitmentRating, [row], ['stars', 'words', 'held', 'at']);
    await db.write('UPDATE commitment SET raters = raters + ?, stars = stars + ? WHERE id = ?', [
      before ? 0 : 1,
      stars - (before?.stars ?? 0),
      id,
    ]);
  },
});

/** What the content check says of 评诺的话, and what a person decided: 0 is for everybody, 1 waits, 2 stays hidden. */
const decided = { show: 0, hide: 2 } as const;

const decideWords =
  (decision: keyof typeof decided): Effect<BodyOf<Api['showWords']>> =>
  async ({ record }, { said }) => ({
    together: true,
    beside: async (db) => {
      const found = await db.write(
        'UPDATE commitment_rating SET held = ? WHERE commitment_id = ? AND held = 1 AND words = ?',
        [decided[decision], record.id, said],
      );
      if (found === 0) throw new Problem('commitment.words-not-found');
    },
  });

export const showWords = decideWords('show');
export const hideWords = decideWords('hide');
