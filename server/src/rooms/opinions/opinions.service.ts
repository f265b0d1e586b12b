import { Problem } from '@sandan/shared/problems';
import { mustHaveAgreed } from '../../foundation/access/agreement';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { Opinion } from './opinion.entity';
import { opinionById } from './opinions.queries';

interface Given {
  kind: Opinion['kind'];
  words: string;
}

/**
 * 投诉建议 about the app. A repeat of the same words by the same person answers what stands; the id of somebody else, or
 * for other words, is a 409. When two meet, the door reads again (decisions.md §1.5).
 */
export async function giveOpinion(db: Db, caller: Caller, id: string, judge: () => Given): Promise<Opinion> {
  const known = await opinionById(db, id);
  if (known && known.personId !== caller.personId) throw new Problem('opinion.id-taken');
  const { kind, words } = judge();
  if (known && (known.kind !== kind || known.words !== words)) throw new Problem('opinion.id-taken');
  if (known) return known;
  mustHaveAgreed(caller);
  const opinion: Opinion = {
    ...{ id, personId: caller.personId, kind, words, at: caller.now },
    ...{ answer: null, answeredById: null, answeredAt: null },
  };
  await db.insert(Opinion, [opinion]);
  return opinion;
}

interface Answer {
  actionId: string;
  words: string;
}

/** Once; the administrator's name stays in the audit. A repeat of the same answer changes nothing. */
export async function answerOpinion(db: Db, caller: Caller, id: string, judge: () => Answer): Promise<Opinion> {
  const known = await opinionById(db, id);
  if (!known) throw new Problem('opinion.not-found');
  const isMine = known.answeredById === caller.personId;
  if (known.answer !== null && !isMine) throw new Problem('opinion.answered-already');
  const { words } = judge();
  if (known.answer === words) return known;
  const answered = { answer: words, answeredById: caller.personId, answeredAt: caller.now };
  const changed = await db.write(
    'UPDATE opinion SET answer = ?, answered_by_id = ?, answered_at = ? WHERE id = ? AND answer IS NULL',
    [words, caller.personId, caller.now, id],
  );
  if (changed === 0) throw new Problem('opinion.answered-already');
  await recordAct(db, caller, 'answerOpinion', { thingId: id });
  return { ...known, ...answered };
}
