import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Reference } from '../../foundation/reference/reference';
import { History } from '../../foundation/outbox/history.entity';
import { townOfNode } from '../../foundation/access/nodes';
import type { HandoverDone, HandoverRow } from './handover.entity';
import type { Teller } from './post-telling';

/** When a handover is carried out, and the trees of that moment. */
export interface Moment {
  now: Date;
  reference: Reference;
}

/** At its time nobody presses a button: the system acts for whoever prepared it, and he answers for it. */
export const systemFor = ({ byId, byName }: HandoverRow, { now, reference }: Moment): Teller => ({
  ...{ actorId: null, actorName: `系统 代 ${byName}`, actorRole: 'system', onBehalfId: byId },
  ...{ answerableId: byId, now, reference },
});

/** What did not come about must not wait until somebody looks at the page: an event of its own, counts only. */
export async function noteLeft(db: Db, row: HandoverRow, { left, changed }: HandoverDone, { now, reference }: Moment) {
  const id = newId(now);
  await db.insert(History, [
    {
      ...{ id, thing: 'handover', thingId: row.id, aggregateId: id, seq: 1, townId: townOfNode(reference.tree, row) },
      ...{ action: 'applyInPart', actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, at: now },
      ...{ fromState: null, toState: null, words: null, fannedOutAt: null },
      facts: { left: left.length, nothing: changed.length === 0 },
    },
  ]);
}
