import type { BodyOf, Endpoint } from '@sandan/shared/endpoint';
import type { HouseholdFlagName } from '@sandan/shared/households/household.words';
import { type Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import { sweepLifecycle, type SweepAction, type SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import type { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { recordAct } from '../../foundation/audit/record-act';
import { isDuplicate } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { fingerprintOf } from '../../foundation/fingerprint';
import type { Call } from '../../foundation/http/implement';
import { newId } from '../../foundation/ids';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { historyRow, moveRow, type Moving } from '../../foundation/lifecycle/move-row';
import { History } from '../../foundation/outbox/history.entity';
import { checkFlags, householdsOfList, selectHouseholds, type Chosen } from './select-households';
import { splitHouseholds } from './split';
import { askAboutSweep } from './sweep-checks';
import { sweepClock } from './sweep-clock';
import { Sweep, SweepTarget } from './sweep.entity';
import { mayAct, seesSweep } from './sweeps.policy';
import { presentSweep } from './sweeps.presenter';
import { sweepById, type SweepRecord } from './sweeps.queries';

const table: Lifecycle<SweepState, SweepAction> = sweepLifecycle;
const thing = 'sweep';
const kind = { table: 'sweep', thing, lifecycle: table } as const;
type Api = typeof sweepsApi;
type Plan = Omit<BodyOf<Api['set']>, never>;

/** The part of a plan that a row keeps. Throws what stands against the plan. */
async function planned(db: Reading, caller: Caller, plan: Plan) {
  const grid = gridWithin(caller, 'sweep.set', plan.gridId);
  if (grid.tier === 'county') throw new Problem('sweep.too-many');
  checkPlan(caller, plan);
  const chosen = await chosenBy(db, caller, plan);
  const { kind: sweepKind, title, purpose, orderedBy, gridId, questions, places } = plan;
  const flags = chosen.flags.length > 0 ? chosen.flags.join(',') : null;
  return {
    ...{ kind: sweepKind, title, purpose, orderedBy, gridId, ...caller.reference.tree.columns(gridId) },
    ...{ selectedBy: chosen.by, flags, listed: chosen.listed, namesPeople: plan.namesPeople ? 1 : 0 },
    ...{ questions, places, deadline: new Date(plan.deadline) },
  };
}

function checkPlan({ now, reference }: Caller, plan: Plan): void {
  if (new Date(plan.deadline) <= now)
    throw new Problem('sweep.deadline-past', { fields: { deadline: '请选以后的时间' } });
  if (plan.kind === 'rollCall' && plan.places.length === 0)
    throw new Problem('sweep.places-needed', { fields: { places: '请至少填一个安置点' } });
  if (plan.kind === 'check' && plan.questions.length === 0 && !plan.namesPeople)
    throw new Problem('sweep.questions-needed', { fields: { questions: '请至少加一道题' } });
  const unknown = plan.questions.find(({ categoryId }) => categoryId && !reference.category(categoryId));
  if (unknown) throw new Problem('category.not-found');
}

/** The selection with its ids. Throws `sweep.flags-not-yours`, `sweep.unknown-codes`. */
async function chosenBy(
  db: Reading,
  caller: Caller,
  { gridId, selection }: Pick<Plan, 'gridId' | 'selection'>,
): Promise<Chosen> {
  if (selection.by === 'all') return { gridId, by: 'all', flags: [], listed: [] };
  if (selection.by === 'flags') {
    checkFlags(caller, { gridId, flags: selection.flags });
    return { gridId, by: 'flags', flags: selection.flags, listed: [] };
  }
  const { ids, unknown } = await householdsOfList(db, caller, gridId, selection);
  if (unknown.length > 0)
    throw new Problem('sweep.unknown-codes', {
      fields: { selection: `没有这些户：${unknown.slice(0, 5).join('、')}` },
    });
  return { gridId, by: 'list', flags: [], listed: ids };
}

const flagsOf = ({ flags }: Pick<Sweep, 'flags'>) => (flags?.split(',') ?? []) as HouseholdFlagName[];

/** Whoever chooses by flags learns something of these households: it is written down. */
const auditFlags = (
  db: Db,
  caller: Caller,
  act: 'countByFlags' | 'sweepByFlags',
  thingId: string | null,
  flags: Chosen['flags'],
): Promise<void> =>
  flags.length === 0 ? Promise.resolve() : recordAct(db, caller, act, { thingId, facts: { flags } });

/** 先看看: how many it would be, and who would go. */
export async function preview(db: Db, caller: Caller, body: BodyOf<Api['preview']>) {
  gridWithin(caller, 'sweep.set', body.gridId);
  const { gridId, selection } = body;
  const listed = selection.by === 'list' ? await householdsOfList(db, caller, gridId, selection) : null;
  const chosen: Chosen = listed
    ? { gridId, by: 'list', flags: [], listed: listed.ids }
    : await chosenBy(db, caller, body);
  await auditFlags(db, caller, 'countByFlags', null, chosen.flags);
  const households = await selectHouseholds(db, caller, chosen);
  const holders = await splitHouseholds(
    db,
    caller,
    households.map(({ id, gridId: at }) => ({ householdId: id, gridId: at })),
  );
  const people = households.reduce((sum, each) => sum + each.people, 0);
  const holding = [...holders.values()];
  return {
    ...{ households: households.length, people, unassigned: holding.filter((holder) => holder === null).length },
    ...{
      holders: new Set(holding.flatMap((holder) => holder ?? [])).size,
      unknown: listed?.unknown.slice(0, 50) ?? [],
    },
  };
}

/** 新建排查: a draft, until it is started. */
export async function setSweep(db: Db, caller: Caller, id: string, body: Plan) {
  const known = await sweepById(db, id);
  if (known) return sameSweep(db, known, caller, body);
  const plan = await planned(db, caller, body);
  const sweep: Sweep = {
    ...{ ...plan, id, state: 'draft', stage: 'open', version: 1, setById: caller.personId, setAt: caller.now },
    ...{ startedAt: null, closedAt: null, fingerprint: fingerprintOf(body), held: 0 },
  };
  await db.insert(Sweep, [sweep]).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem('sweep.id-taken') : error;
  });
  await auditFlags(db, caller, 'sweepByFlags', id, flagsOf(plan));
  await askAboutSweep(db, caller, sweep);
  const made = { caller, actionId: newId(caller.now), thing, record: { ...sweep, version: 0 }, action: 'set' } as const;
  await db.insert(History, [historyRow(made, { from: null, to: 'draft', words: null, facts: null })]);
  return presentSweep(db, { ...sweep, setBy: caller.name }, caller);
}

function sameSweep(db: Reading, known: SweepRecord, caller: Caller, body: Plan) {
  if (known.setById !== caller.personId) throw new Problem('sweep.id-taken');
  if (!known.fingerprint.equals(fingerprintOf(body))) throw new Problem('sweep.sent-differently');
  return presentSweep(db, known, caller);
}

export interface Scene {
  db: Db;
  record: SweepRecord;
  caller: Caller;
  actionId: string;
}
interface Step extends Pick<Moving<SweepState>, 'facts' | 'beside' | 'words' | 'together'> {
  set?: Partial<Sweep>;
}
export type Effect<Body> = (scene: Scene, body: Body) => Promise<Step>;
type ActionCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { sweepId: string } };
export type Asked = Pick<ActionCall<Endpoint>, 'db' | 'caller' | 'params' | 'actionId'>;

/** The sweep, if the action may go on, in the fixed order of answers (decisions.md §2.6). */
export const admitted = async ({ db, caller, params, actionId }: Asked, action: SweepAction) =>
  admit({
    ...{ table, thing, action, caller },
    record: await sweepById(db, params.sweepId),
    repeat: await repeatOf(db, actionId),
    sees: (one: SweepRecord) => seesSweep(caller, one),
    may: (one: SweepRecord) => mayAct(caller, action, one),
  });

export async function act<E extends Endpoint, Body extends { actionId: string }>(
  { body, ...asked }: Pick<ActionCall<E>, 'db' | 'caller' | 'params' | 'actionId'> & { body: () => Body },
  action: SweepAction,
  effect: Effect<Body>,
) {
  const { db, caller } = asked;
  const { record, isRepeat } = await admitted(asked, action);
  if (isRepeat) return presentSweep(db, record, caller);
  const given = body();
  const scene = { db, record, caller, actionId: given.actionId };
  await moveRow({ ...scene, ...kind, action, gridId: record.gridId }, await effect(scene, given));
  const after = await sweepById(db, record.id);
  if (!after) throw new Problem('sweep.not-found');
  return presentSweep(db, after, caller);
}

export const change: Effect<Plan & { actionId: string }> = async ({ db, record, caller }, { actionId: _, ...body }) => {
  const { flags, listed, questions, places, ...plan } = await planned(db, caller, body);
  const stored = {
    listed: JSON.stringify(listed),
    questions: JSON.stringify(questions),
    places: JSON.stringify(places),
  };
  return {
    set: { ...plan, ...stored, flagsSealed: db.vault.seal('sweep.flags', flags) } as never,
    beside: async (inside) => {
      await auditFlags(inside, caller, 'sweepByFlags', record.id, flagsOf({ flags }));
      const reworded = noticed.some((name) => record[name] !== plan[name]);
      if (reworded) await askAboutSweep(inside, caller, { ...record, ...plan });
    },
  };
};

const noticed = ['title', 'purpose', 'orderedBy'] as const;
const batch = 1_000;

/** 开始: the form and the list of households are frozen, everybody has his doors at once. */
export const start: Effect<unknown> = async ({ db, record, caller }) => {
  if (record.deadline <= caller.now) throw new Problem('sweep.deadline-past');
  const flags = flagsOf(record);
  checkFlags(caller, { gridId: record.gridId, flags });
  const chosen = { gridId: record.gridId, by: record.selectedBy, flags, listed: record.listed };
  const households = await selectHouseholds(db, caller, chosen);
  if (households.length === 0) throw new Problem('sweep.nobody');
  const holders = await splitHouseholds(
    db,
    caller,
    households.map(({ id, gridId }) => ({ householdId: id, gridId })),
  );
  const targets = households.map(({ id, gridId, people }) => ({
    ...{ id: newId(caller.now), sweepId: record.id, householdId: id, gridId, people },
    ...caller.reference.tree.columns(gridId),
    ...{ holderId: holders.get(id) ?? null, state: 'todo' as const },
  }));
  return {
    set: { startedAt: caller.now },
    facts: { households: targets.length },
    beside: async (inside) => {
      for (let from = 0; from < targets.length; from += batch)
        await inside.insert(SweepTarget, targets.slice(from, from + batch));
      await setClock(inside, record, caller.now);
    },
  };
};

const setClock = (db: Db, sweep: Pick<Sweep, 'id' | 'townId' | 'deadline'>, now: Date): Promise<void> =>
  db.upsert(DueWork, [sweepClock(sweep, now)], ['dueAt', 'nextAt', 'rung', 'leasedUntil']);

const laterThan = (caller: Caller, deadline: string): Date => {
  const at = new Date(deadline);
  if (at <= caller.now) throw new Problem('sweep.deadline-past', { fields: { deadline: '请选以后的时间' } });
  return at;
};

export const extend: Effect<BodyOf<Api['extend']>> = async ({ record, caller }, { deadline: day, words }) => {
  const deadline = laterThan(caller, day);
  return {
    set: { deadline },
    words: words ?? null,
    beside: (inside) => setClock(inside, { ...record, deadline }, caller.now),
  };
};

export const close: Effect<BodyOf<Api['close']>> = async ({ caller }, { words }) => ({
  set: { closedAt: caller.now },
  words: words ?? null,
});

export const reopen: Effect<BodyOf<Api['reopen']>> = async ({ record, caller }, { deadline: day, words }) => {
  const deadline = laterThan(caller, day);
  return {
    set: { closedAt: null, deadline },
    words,
    beside: (inside) => setClock(inside, { ...record, deadline }, caller.now),
  };
};

export const cancel: Effect<BodyOf<Api['cancel']>> = async ({ caller }, { words }) => ({
  set: { closedAt: caller.now },
  words,
});
