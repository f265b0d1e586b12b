import { checkStates, type HideReason } from '@sandan/shared/reviews/review.words';
import { Problem } from '@sandan/shared/problems';
import { actorOf, type Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import { setFlags } from '../../foundation/checks/ask-checks';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { reviewFor } from './reviews.queries';

interface Decision {
  actionId: string;
  decision: 'show' | 'hide';
  reason?: HideReason | undefined;
  version: number;
}

/**
 * 显示、屏蔽: one decision for whatever brought it to the desk; complaints are settled with it, writer and complainers
 * hear of it. Of two at once the second is told that it was decided.
 */
export async function decideReview(
  db: Db,
  caller: Caller,
  { checkId, actionId: id }: { checkId: string; actionId: string | null },
  judge: () => Decision,
) {
  const found = await reviewFor(db, caller, checkId);
  const repeat = await repeatOf(db, id);
  if (found && repeat?.actorId === caller.personId && repeat.thingId === checkId) return replyOf(found.check);
  if (!found?.isHis) throw new Problem('review.not-found');
  if (repeat) throw new Problem('action.repeated-differently');
  const { check } = found;
  if (check.atDesk !== 1) throw new Problem('review.decided-already');
  const { decision, reason = null, version, actionId } = judge();
  if (version !== check.version) throw new Problem('review.changed');

  const shown = decision === 'show';
  const decided = { ...check, state: shown ? ('shown' as const) : ('hidden' as const) };
  const moved = await db.write(
    `UPDATE content_check SET state = ?, held = ?, at_desk = NULL, sampled = 0, next_at = NULL, reason = ?,
       decided_by_id = ?, decided_at = ?, version = version + 1 WHERE id = ? AND version = ? AND at_desk = 1`,
    [decided.state, shown ? 0 : 1, shown ? null : reason, caller.personId, caller.now, checkId, version],
  );
  if (moved === 0) throw new SomebodyWasQuicker();
  await setFlags(db, [check], shown ? 0 : 2);
  await db.write('UPDATE content_complaint SET outcome = ?, decided_at = ? WHERE check_id = ? AND outcome IS NULL', [
    shown ? 'dismissed' : 'upheld',
    ...[caller.now, checkId],
  ]);
  await tell(db, caller, check, { actionId, decision, reason: shown ? null : reason });
  return replyOf(decided);
}

async function tell(
  db: Db,
  caller: Caller,
  { id: checkId, townId, villageId, field, held, version }: ContentCheck,
  { actionId, decision, reason }: { actionId: string; decision: 'show' | 'hide'; reason: HideReason | null },
): Promise<void> {
  await db.insert(History, [
    {
      ...{ id: actionId, thing: 'review', thingId: checkId, aggregateId: checkId, seq: version + 1, townId },
      ...{ action: decision, at: caller.now, ...actorOf(caller, 'content.review', villageId ?? townId ?? undefined) },
      ...{ fromState: null, toState: null, words: null, fannedOutAt: null },
      facts: { field, reason, wasHeld: held === 1 },
    },
  ]);
  const facts = { decision, contentKind: field, hideReason: reason };
  await recordAct(db, caller, 'decideContent', { thingId: checkId, townId, facts });
}

const replyOf = ({ id: checkId, state }: ContentCheck) => ({ checkId, state, stateName: checkStates[state] });
