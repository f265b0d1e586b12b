import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { World } from '../../foundation/http/world';
import { act, type Effect } from './act';
import { derivedId } from './derived-id';
import * as draft from './draft.service';
import * as review from './review.service';

interface Bulk<Item> {
  caller: Caller;
  world: World;
  body: () => { actionId: string; items: Item[] };
}

export interface Outcome {
  done: string[];
  refused: { commitmentId: string; code: string; title: string }[];
}

/**
 * Many in one press, each in a transaction of its own: a broken connection in the middle loses nothing, since the same
 * press again finds what is already done (each deed's action id follows from the press's).
 */
async function each<Item extends { commitmentId: string }>(
  { caller, world, body }: Bulk<Item>,
  action: CommitmentAction,
  effect: Effect<Item & { actionId: string }>,
): Promise<Outcome> {
  const { items, actionId: press } = body();
  const outcome: Outcome = { done: [], refused: [] };
  for (const item of items) {
    const { commitmentId } = item;
    const actionId = derivedId(press, `${action} ${commitmentId}`);
    const one = { caller, params: { commitmentId }, actionId, body: () => ({ ...item, actionId }) };
    try {
      await world.database.transaction((db) => act({ ...one, db }, action, effect));
      outcome.done.push(commitmentId);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      outcome.refused.push({ commitmentId, code: error.code, title: error.title });
    }
  }
  return outcome;
}

export const approveAll = (call: Bulk<{ commitmentId: string; version: number }>): Promise<Outcome> =>
  each(call, 'approve', review.approve);

export const submitAll = (call: Bulk<{ commitmentId: string }>): Promise<Outcome> => each(call, 'submit', draft.submit);

export const publishAll = (call: Bulk<{ commitmentId: string }>): Promise<Outcome> =>
  each(call, 'publish', review.publish);
