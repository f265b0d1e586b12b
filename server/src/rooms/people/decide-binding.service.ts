import type { BodyOf } from '@sandan/shared/endpoint';
import { bindingLifecycle, type BindingAction, type BindingState } from '@sandan/shared/people/binding.lifecycle';
import type { bindingsApi } from '@sandan/shared/people/bindings.contract';
import type { Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import { reachesGrid } from '../../foundation/access/reach';
import { mustHaveShown } from '../../foundation/access/second-factor';
import type { Caller } from '../../foundation/access/caller';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { moveRow, type Moving } from '../../foundation/lifecycle/move-row';
import { aboveColumns, aboveOf, placeOf } from './ask-binding';
import { bindPerson } from './bind-person';
import { mayOnBinding, seesBinding } from './bindings.policy';
import { presentBinding } from './bindings.presenter';
import {
  bindingById,
  peopleByPhone,
  peopleOfHousehold,
  rosterPerson,
  type BindingRecord,
  type RosterPerson,
} from './bindings.queries';

type Api = typeof bindingsApi;
type Decision = 'confirm' | 'vouch' | 'doubt' | 'approve' | 'refuse';

const table: Lifecycle<BindingState, BindingAction> = bindingLifecycle;

export interface Deciding<Body> {
  db: Db;
  caller: Caller;
  params: { bindingId: string };
  actionId: string | null;
  body: () => Body;
}

/** The request for somebody who serves its place. @throws Problem binding.not-found */
export async function readBinding(db: Reading, caller: Caller, bindingId: string) {
  const record = await bindingById(db, bindingId);
  if (!record || !seesBinding({ ...record }, caller)) throw new Problem('binding.not-found');
  return presentBinding(record, await candidatesFor(db, caller, record), caller);
}

/** The household that fits, the one who is meant, or whoever left the same number where the caller serves. */
async function candidatesFor(db: Reading, caller: Caller, record: BindingRecord): Promise<RosterPerson[]> {
  const { householdId, targetId, phone, personId } = record;
  const target = targetId === null ? null : await rosterPerson(db, targetId, caller.now);
  if (target) return [target];
  if (householdId !== null) return peopleOfHousehold(db, householdId, caller.now);
  if (phone === null || record.stage === 'done') return [];
  const matches = await peopleByPhone(db, phone, personId, caller.now);
  return matches.filter(({ gridId }) => gridId !== null && reachesGrid(caller, 'binding.read', gridId));
}

/** 核实是本人: bound, unless it is a post or somebody else's account: then a second yes is needed. */
export async function confirm(call: Deciding<BodyOf<Api['confirm']>>) {
  return decide(call, 'confirm', async (record, { personId, proof }) => {
    const { db, caller } = call;
    const target = await rosterPerson(db, personId, caller.now);
    const gridId = target ? placeOf(target, caller.reference.tree) : null;
    if (!target || gridId === null || !reachesGrid(caller, 'binding.read', gridId))
      throw new Problem('binding.person-outside');
    if (target.id === caller.personId) throw new Problem('access.forbidden');
    await mustProveForPost(db, caller, target);
    if (record.targetId !== null && record.targetId !== target.id) throw new Problem('binding.not-that-person');
    // The family said no: what the worker knows better, the liaison hears first, as with a couple that has parted.
    const isDisputed = (target.boundAt !== null && record.kind !== 'rebind') || record.doubtedById !== null;
    const seen = { proof, targetId: target.id, confirmedById: caller.personId, confirmedBy: caller.name };
    const above = aboveColumns(target.posts.length > 0 ? aboveOf(target, caller) : null, caller.reference.tree);
    if (isDisputed || target.posts.length > 0) {
      const kind = isDisputed ? 'disputed' : record.kind;
      return { to: 'waitingAbove', set: { ...seen, ...above, kind, householdId: target.householdId } };
    }
    return bindTo(call, record, target, { ...seen, householdId: target.householdId });
  });
}

/** Who opens a post to somebody has shown the second factor, as for giving one. @throws Problem access.second-factor-… */
async function mustProveForPost(db: Reading, caller: Caller, { posts }: RosterPerson): Promise<void> {
  if (posts.length > 0) await mustHaveShown(db, caller);
}

/**
 * 上级同意: the second yes, by what the person holds now. Whoever has come to a higher post since the first yes, or to
 * another WeChat, waits for whoever stands above that.
 */
export async function approve(call: Deciding<BodyOf<Api['approve']>>) {
  return decide(call, 'approve', async (record) => {
    const { db, caller } = call;
    const target = record.targetId === null ? null : await rosterPerson(db, record.targetId, caller.now);
    if (!target) throw new Problem('binding.no-choice');
    await mustProveForPost(db, caller, target);
    const above = target.posts.length > 0 ? aboveColumns(aboveOf(target, caller), caller.reference.tree) : {};
    const isDisputed = target.boundAt !== null && record.kind !== 'rebind' && record.kind !== 'disputed';
    const standing = { ...above, ...(isDisputed ? { kind: 'disputed' as const } : {}) };
    if (isDisputed || !mayOnBinding('approve', { ...record, ...standing }, caller))
      return { to: 'waitingAbove', set: standing };
    return bindTo(call, record, target, standing);
  });
}

export async function refuse(call: Deciding<BodyOf<Api['refuse']>>) {
  return decide(call, 'refuse', async (_, { words }) => ({
    to: 'refused',
    words,
    set: { decision: words, waitingId: null, decidedAt: call.caller.now },
  }));
}

/** The root first: the request moves, then the two become one. */
export function bindTo(
  { caller }: Pick<Deciding<unknown>, 'caller'>,
  record: BindingRecord,
  target: RosterPerson,
  set: Record<string, unknown>,
): Moving<BindingState> {
  const facts: HistoryFacts = { kind: record.kind, targetId: target.id };
  return {
    to: 'bound',
    set: { ...set, waitingId: null, decidedAt: caller.now },
    facts,
    beside: async (db) => {
      const binding = {
        newcomerId: record.personId,
        target,
        kind: record.kind,
        byId: caller.personId,
        now: caller.now,
      };
      facts['unboundIds'] = await bindPerson(db, binding);
    },
  };
}

async function decide<Body extends { actionId: string }>(
  call: Deciding<Body>,
  action: Decision,
  effect: Effect<Body>,
): Promise<ReturnType<typeof presentBinding>> {
  const { db, caller } = call;
  const after = await moveBinding(call, action, effect);
  return presentBinding(after, await candidatesFor(db, caller, after), caller);
}

type Effect<Body> = (record: BindingRecord, body: Body) => Promise<Moving<BindingState>>;

/** One act on a request, for whoever may see it: its worker, or somebody of the house that was named. As it is then. */
export async function moveBinding<Body extends { actionId: string }>(
  { db, caller, params, actionId, body: judge }: Deciding<Body>,
  action: Decision,
  effect: Effect<Body>,
): Promise<BindingRecord> {
  const { record, isRepeat } = admit({
    ...({ table, thing: 'binding', action, caller } as const),
    record: await bindingById(db, params.bindingId),
    repeat: await repeatOf(db, actionId),
    sees: (each) => seesBinding({ ...each }, caller) || mayOnBinding(action, { ...each }, caller),
    may: (each) => mayOnBinding(action, { ...each }, caller),
  });
  const body = judge();
  if (!isRepeat) {
    const moving = await effect(record, body);
    const kind = { table: 'binding_request', thing: 'binding', lifecycle: table, action } as const;
    await moveRow({ db, caller, actionId: body.actionId, ...kind, record, gridId: record.gridId }, moving);
    const { id: thingId, townId } = record;
    await recordAct(db, caller, `${action}Binding`, { thingId, townId, facts: { bindingKind: record.kind } });
  }
  const after = await bindingById(db, record.id);
  if (!after) throw new Problem('binding.not-found');
  return after;
}
