import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Reading } from '../../foundation/database/connect';
import type { Caller } from '../../foundation/access/caller';
import type { World } from '../../foundation/http/world';
import { act, type Effect } from './act';
import { derivedId } from './derived-id';
import * as draft from './draft.service';
import * as review from './review.service';
import { verdictOnDeed } from './word-checks';

interface Bulk<Item> {
  caller: Caller;
  world: World;
  body: () => { actionId: string; items: Item[] };
}

export interface Outcome {
  done: string[];
  refused: { commitmentId: string; code: string; title: string }[];
}

/** What an item is done with; or what stands against it before the database is asked. */
type Ready<Item> = Item | Problem;

const isTold = (error: unknown): error is Problem =>
  error instanceof Problem && (error.status < 500 || error.code === 'text.check-away');

interface Doing<Item, Given> {
  action: CommitmentAction;
  effect: Effect<Given>;
  /** Outside of all transactions. */
  prepare: (items: readonly (Item & { actionId: string })[]) => Promise<Ready<Given>[]>;
}

/**
 * Many in one press, each in a transaction of its own: a broken connection in the middle loses nothing, since the same
 * press again finds what is already done (each deed's action id follows from the press's).
 */
async function each<Item extends { commitmentId: string }, Given extends { actionId: string }>(
  { caller, world, body }: Bulk<Item>,
  { action, effect, prepare }: Doing<Item, Given>,
): Promise<Outcome> {
  const { items, actionId: press } = body();
  const outcome: Outcome = { done: [], refused: [] };
  const acts = items.map((item) => ({ ...item, actionId: derivedId(press, `${action} ${item.commitmentId}`) }));
  const ready = await prepare(acts);
  for (const [index, { commitmentId, actionId }] of acts.entries()) {
    try {
      const given = ready[index];
      if (given === undefined || given instanceof Problem) throw given;
      const one = { caller, params: { commitmentId }, actionId, body: () => given };
      await world.database.transaction((db) => act({ ...one, db }, action, effect));
      outcome.done.push(commitmentId);
    } catch (error) {
      if (!isTold(error)) throw error;
      outcome.refused.push({ commitmentId, code: error.code, title: error.title });
    }
  }
  return outcome;
}

export const approveAll = (call: Bulk<{ commitmentId: string; version: number }>): Promise<Outcome> =>
  each(call, { action: 'approve', effect: review.approve, prepare: async (items) => [...items] });

export const submitAll = (call: Bulk<{ commitmentId: string }>): Promise<Outcome> =>
  each(call, { action: 'submit', effect: draft.submit, prepare: async (items) => [...items] });

/** So many words are with WeChat at once: fifty deeds take no fifty answers' time, and its quota is not run over. */
const atOnce = 5;

export const publishAll = (call: Bulk<{ commitmentId: string }> & { reading: Reading }): Promise<Outcome> =>
  each(call, { action: 'publish', effect: review.publish, prepare: (items) => checkAll(call, items) });

interface Item {
  commitmentId: string;
  actionId: string;
}

/** The words of each deed. Once WeChat is found to be away it is not asked about the others. */
async function checkAll(
  { reading, world, caller }: Omit<Bulk<Item>, 'body'> & { reading: Reading },
  items: readonly Item[],
): Promise<Ready<Item & review.Passed>[]> {
  const ready: Ready<Item & review.Passed>[] = [];
  const waiting = [...items.entries()];
  let away: Problem | undefined;
  const checkOne = async (item: Item): Promise<Ready<Item & review.Passed>> => {
    if (away) return away;
    const { actionId, commitmentId } = item;
    try {
      return { ...item, ...(await verdictOnDeed({ reading, world, caller, params: { commitmentId }, actionId })) };
    } catch (error) {
      if (!isTold(error)) throw error;
      if (error.code === 'text.check-away') away = error;
      return error;
    }
  };
  const walk = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) ready[next[0]] = await checkOne(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, walk));
  return ready;
}
