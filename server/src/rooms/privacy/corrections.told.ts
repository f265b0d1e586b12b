import { roleFor, type Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { History } from '../../foundation/outbox/history.entity';

interface Told {
  id: string;
  action: 'ask' | 'apply' | 'refuse';
  gridId: string;
  actionId: string;
}

/** A row of history, so that messages can react: ids only, what was wrong about whom stays in the request. */
export async function tellOfCorrection(db: Db, caller: Caller, { id, action, gridId, actionId }: Told): Promise<void> {
  const state = { ask: 'asked', apply: 'applied', refuse: 'refused' }[action];
  await db.insert(History, [
    {
      ...{ id: actionId, thing: 'correction', thingId: id, aggregateId: id, seq: action === 'ask' ? 1 : 2, action },
      townId: caller.reference.tree.grid(gridId)?.town ?? null,
      ...{ actorId: caller.personId, actorName: caller.name, at: caller.now, onBehalfId: null, fannedOutAt: null },
      actorRole: action === 'ask' ? 'resident' : roleFor(caller, 'correction.decide', gridId),
      ...{ fromState: action === 'ask' ? null : 'asked', toState: state, words: null, facts: { gridId } },
    },
  ]);
}
