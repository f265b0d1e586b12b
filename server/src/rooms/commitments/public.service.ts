import { commitmentLimits as limits } from '@sandan/shared/commitments/commitment.words';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { decidedBy, withdrawCheck } from '../../foundation/checks/ask-checks';
import type { Db } from '../../foundation/database/connect';
import type { Effect, Scene } from './act';
import { answerClock, workingDaysFrom } from './commitment-clocks';
import type { CommitmentRecord } from './commitment-record';
import { CommitmentDispute, CommitmentOpinion, CommitmentRating } from './commitment.entity';
import { mendingDay } from './review.service';
import { deedPhotos, keepVerdict, type Heard } from './word-checks';

type Api = typeof commitmentsApi;

/** 公示期提意见: once each, answered in public. */
export const opine: Effect<BodyOf<Api['opine']> & Heard> = async ({ record, caller, actionId }, { words, judged }) => ({
  together: true,
  clocks: [answerClock('opinion', actionId, record, answerDue(record, caller, limits.opinionAnswerDays))],
  beside: async (db) => {
    const said = { id: actionId, commitmentId: record.id, personId: caller.personId, words, at: caller.now };
    await db.insert(CommitmentOpinion, [said]);
    await keepVerdict(db, record, caller, { field: 'commitment.opinion', thingId: actionId, judged });
  },
});

export const answerOpinion: Effect<BodyOf<Api['answerOpinion']>> = async (
  { record, caller },
  { opinionId, words, keepHeld },
) => ({
  words,
  facts: { opinionId },
  beside: async (db) => {
    const answered = await db.write(
      `UPDATE commitment_opinion SET answer = ?, answered_by_id = ?, answered_by = ?, answered_at = ?
       WHERE id = ? AND commitment_id = ? AND answered_at IS NULL`,
      [words, caller.personId, caller.name, caller.now, opinionId, record.id],
    );
    if (answered === 0) throw new Problem('commitment.opinion-not-found');
    if (!keepHeld) await decidedBy(db, caller, { field: 'commitment.opinion', thingId: opinionId }, true);
  },
});

/** 异议: the level above the reviewer answers in public within ten working days. */
export const dispute: Effect<BodyOf<Api['dispute']> & Heard> = async (
  { record, caller, actionId },
  { words, judged, photoIds },
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
        at: caller.now,
        isOpen: 1,
      };
      await db.insert(CommitmentDispute, [{ ...row, dueAt }]);
      await keepVerdict(db, record, caller, { field: 'commitment.dispute', thingId: actionId, judged });
      await deedPhotos(record, caller, photoIds, actionId)(db);
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

async function decide(db: Db, { record, caller }: Scene, { upheld, words, keepHeld = false }: Decision): Promise<void> {
  const [open] = await db.query<{ id: string }>(
    'SELECT id FROM commitment_dispute WHERE commitment_id = ? AND is_open = 1',
    [record.id],
  );
  await db.write(
    `UPDATE commitment_dispute SET is_open = NULL, upheld = ?, answer = ?, answered_by_id = ?, answered_by = ?,
       answered_at = ? WHERE commitment_id = ? AND is_open = 1`,
    [upheld ? 1 : 0, words, caller.personId, caller.name, caller.now, record.id],
  );
  if (open && !keepHeld) await decidedBy(db, caller, { field: 'commitment.dispute', thingId: open.id }, true);
}

/** 异议成立: back to be mended, by a day; what was accepted is so no more. */
export const uphold: Effect<BodyOf<Api['uphold']>> = async (scene, { words, mendBy, keepHeld }) => ({
  words,
  set: {
    ...{ mendBy: mendingDay(scene, mendBy), disputedFrom: null },
    ...{ deliveredAt: null, acceptedAt: null, acceptedById: null },
  },
  facts: { mendBy },
  beside: (db) => decide(db, scene, { upheld: true, words, keepHeld }),
});

export const dismiss: Effect<BodyOf<Api['dismiss']>> = async (scene, { words, keepHeld }) => ({
  to: scene.record.disputedFrom ?? 'delivered',
  words,
  set: { disputedFrom: null },
  beside: (db) => decide(db, scene, { upheld: false, words, keepHeld }),
});

/** 评诺: once each, changed as often as one likes until the year is closed; the sum is told, the words without names. */
export const rate: Effect<BodyOf<Api['rate']> & Heard> = async ({ record, caller }, { stars, words, judged }) => ({
  together: true,
  beside: async (db) => {
    const { id } = record;
    const { personId, now: at } = caller;
    // Under the lock of the deed: the same person's other phone has either finished or not begun.
    const [before] = await db.query<{ stars: number; words: string | null }>(
      'SELECT stars, words FROM commitment_rating WHERE commitment_id = ? AND person_id = ?',
      [id, personId],
    );
    const row = { commitmentId: id, personId, stars, words: words ?? null, held: 0, at };
    // The same words once more stay as they were judged and decided: what was hidden does not come back.
    const isSame = before !== undefined && before.words === row.words;
    await db.upsert(CommitmentRating, [row], isSame ? ['stars', 'at'] : ['stars', 'words', 'held', 'at']);
    const rating = { field: 'commitment.rating' as const, thingId: id };
    if (!isSame && judged) await keepVerdict(db, record, caller, { ...rating, judged });
    if (!isSame && !judged) await withdrawCheck(db, { ...rating, authorId: personId }, at);
    await db.write('UPDATE commitment SET raters = raters + ?, stars = stars + ? WHERE id = ?', [
      before ? 0 : 1,
      stars - (before?.stars ?? 0),
      id,
    ]);
  },
});

/** 评诺的话 have no name to the one who decides, so they are named by themselves. */
const decideWords =
  (decision: 'show' | 'hide'): Effect<BodyOf<Api['showWords']>> =>
  async ({ record, caller }, { said }) => ({
    together: true,
    beside: async (db) => {
      const found = await db.query<{ personId: string }>(
        'SELECT person_id AS personId FROM commitment_rating WHERE commitment_id = ? AND held = 1 AND words = ?',
        [record.id, said],
      );
      if (found.length === 0) throw new Problem('commitment.words-not-found');
      for (const { personId: authorId } of found) {
        const rating = { field: 'commitment.rating' as const, thingId: record.id, authorId };
        const shown = await decidedBy(db, caller, rating, decision === 'show');
        if (decision === 'show' && !shown) throw new Problem('commitment.words-at-desk');
      }
    },
  });

export const showWords = decideWords('show');
export const hideWords = decideWords('hide');
