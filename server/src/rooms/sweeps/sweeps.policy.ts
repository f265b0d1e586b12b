import type { Permission } from '@sandan/shared/access/roles';
import { groundFlags } from '@sandan/shared/households/household.words';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { sweepLifecycle, type SweepAction, type SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, reachesGrid } from '../../foundation/access/reach';
import type { Where } from '../../foundation/access/rule-where';
import type { GridNode } from '../../foundation/reference/tree';
import type { Sweep, SweepTarget } from './sweep.entity';

const table: Lifecycle<SweepState, SweepAction> = sweepLifecycle;

/** How much of a sweep a permission reaches: all of it, or the households of these grids. */
export type Reach = 'all' | readonly GridNode[];

export function reachOver(caller: Caller, permission: Permission, sweep: Pick<Sweep, 'gridId'>): Reach {
  const { tree } = caller.reference;
  const mine = gridsWith(caller, permission);
  if (mine.some(({ id }) => tree.isWithin(sweep.gridId, id))) return 'all';
  return mine.filter(({ id }) => tree.isWithin(id, sweep.gridId));
}

export const isSome = (reach: Reach): boolean => reach === 'all' || reach.length > 0;

/** The households of a reach, as a condition on `sweep_target t`. */
export function targetsWithin(reach: Reach): Where {
  if (reach === 'all') return { sql: 'TRUE', values: [] };
  const parts = reach.map(({ tier }) => `t.${tier}_id = ?`);
  return { sql: `(${parts.join(' OR ') || 'FALSE'})`, values: reach.map(({ id }) => id) };
}

/** A draft is of whoever may change it; what runs is seen by whoever leads a part of its area. */
export const seesSweep = (caller: Caller, sweep: Pick<Sweep, 'gridId' | 'state'>): boolean =>
  sweep.state === 'draft'
    ? reachesGrid(caller, 'sweep.change', sweep.gridId)
    : isSome(reachOver(caller, 'sweep.read', sweep));

/** 分派 and 提醒 also by who leads a part of it, for that part; everything else by who stands over the whole. */
export const mayAct = (caller: Caller, action: SweepAction, sweep: Pick<Sweep, 'gridId'>): boolean => {
  const reach = reachOver(caller, `sweep.${action}`, sweep);
  return action === 'split' || action === 'remind' ? isSome(reach) : reach === 'all';
};

export const allowsOf = (sweep: Pick<Sweep, 'gridId' | 'state'>, caller: Caller): SweepAction[] =>
  actionsFrom(table, sweep.state).filter((action) => mayAct(caller, action, sweep));

/**
 * 按特殊情况选的户: whoever saw the doors would have the list of 低保, 残疾 … itself. So they are shown to those alone who
 * know it of each of them anyhow, and who is sent there; everybody else counts (domain.md §12.8).
 */
export const hidesDoors = ({ selectedBy, flags }: Pick<Sweep, 'selectedBy' | 'flags'>): boolean =>
  selectedBy === 'flags' &&
  (flags?.split(',') ?? []).some((flag) => !(groundFlags as readonly string[]).includes(flag));

/** The households of a sweep that the caller may look at one by one. */
export const doorsOver = (caller: Caller, sweep: Pick<Sweep, 'gridId' | 'selectedBy' | 'flags'>): Reach =>
  reachOver(caller, hidesDoors(sweep) ? 'household.flags' : 'sweep.read', sweep);

type Held = Pick<SweepTarget, 'holderId' | 'formerHolderId' | 'gridId'> & { hidden: boolean };

/** Its holder, whoever had it until it was given to another one (his phone may still hold a visit), and who leads there. */
export const mayRecord = (caller: Caller, target: Held): boolean =>
  target.holderId === caller.personId ||
  target.formerHolderId === caller.personId ||
  (reachesGrid(caller, 'sweep.recordAny', target.gridId) && (!target.hidden || knowsFlags(caller, target)));

export const seesTarget = (caller: Caller, target: Held): boolean =>
  mayRecord(caller, target) || (!target.hidden && reachesGrid(caller, 'sweep.read', target.gridId));

const knowsFlags = (caller: Caller, { gridId }: Pick<SweepTarget, 'gridId'>): boolean =>
  reachesGrid(caller, 'household.flags', gridId);

/** 需知: flags are for who is linked to the household, the lead and worker of its grid, and who goes to the door. */
export const seesNeeds = (
  caller: Caller,
  target: Pick<SweepTarget, 'gridId'> & { holderId: string | null },
  isLinked: boolean,
): boolean => isLinked || target.holderId === caller.personId || knowsFlags(caller, target);

/** The same as a condition on `sweep_target t`. */
export function knowsNeeds(caller: Caller, sweep: Pick<Sweep, 'gridId'>): Where {
  const known = targetsWithin(reachOver(caller, 'household.flags', sweep));
  return {
    sql: `(t.holder_id <=> ? OR ${known.sql} OR EXISTS (SELECT 1 FROM household_link l
            WHERE l.household_id = t.household_id AND l.member_id = ? AND l.ends_at IS NULL))`,
    values: [caller.personId, ...known.values, caller.personId],
  };
}
