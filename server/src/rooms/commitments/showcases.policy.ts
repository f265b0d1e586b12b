import {
  showcaseLifecycle,
  type ShowcaseAction,
  type ShowcaseState,
} from '@sandan/shared/commitments/showcase.lifecycle';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { grantsWith, holds, type Caller } from '../../foundation/access/caller';
import { grantsOf } from '../../foundation/access/sessions';
import type { Reference } from '../../foundation/reference/reference';
import type { Judge, ShowcaseRecord } from './showcases.queries';

const table: Lifecycle<ShowcaseState, ShowcaseAction> = showcaseLifecycle;

/** Over the town's committee, on the party tree. */
export const mayHold = (caller: Caller, action: ShowcaseAction, organizationId: string): boolean => {
  const line = caller.reference.tree.organizationLine(organizationId);
  return grantsWith(caller, `showcase.${action}`).some(({ tree, nodeId }) => tree === 'party' && line.includes(nodeId));
};

export const judgeOf = ({ judges }: Pick<ShowcaseRecord, 'judges'>, { personId }: Caller): Judge | null =>
  judges.find((judge) => judge.personId === personId) ?? null;

/** 正在审核、屏蔽: the town reads that there is one; its words are for whoever holds it, and for its judges, who go by them. */
export function asShown(record: ShowcaseRecord, caller: Caller): ShowcaseRecord {
  if (record.held === 0 || mayHold(caller, 'set', record.organizationId) || judgeOf(record, caller)) return record;
  const criteria = record.criteria.map((criterion, index) => ({ ...criterion, name: `第 ${index + 1} 项` }));
  return { ...record, title: '打擂比武', criteria };
}

type Held = Pick<ShowcaseRecord, 'organizationId' | 'contestantIds'>;

/** 回避: the own village, by membership or by household, and one where the judge is posted (liaison, desk …) below the town itself. */
export function isRecused(
  { home, livesIn, posts }: Judge,
  held: Held,
  organizationId: string,
  reference: Reference,
): boolean {
  const { tree } = reference;
  const isRelated = (one: string) =>
    tree.organizationLine(one).includes(organizationId) || tree.organizationLine(organizationId).includes(one);
  if (home !== null && home !== held.organizationId && isRelated(home)) return true;
  const villages = new Set(tree.gridsOfOrganization(organizationId).flatMap(({ village }) => village ?? []));
  const lived = livesIn === null ? null : (tree.grid(livesIn)?.village ?? null);
  if (lived !== null && villages.has(lived)) return true;
  const posted = grantsOf(posts, reference).flatMap(({ grids }) => grids.flatMap(({ village }) => village ?? []));
  return posted.some((village) => villages.has(village));
}

/** The contestants whom a judge has to score. */
export const dueOf = (judge: Judge, held: Held, reference: Reference): string[] =>
  held.contestantIds.filter((organizationId) => !isRecused(judge, held, organizationId, reference));

export const mayActOnShowcase = (action: ShowcaseAction, record: ShowcaseRecord, caller: Caller): boolean => {
  if (action === 'score') return holds(caller, 'showcase.score') && judgeOf(record, caller) !== null;
  // Whoever ended the scoring does not sign it as well: two people stand for the result.
  if (action === 'sign' && record.finishedById === caller.personId) return false;
  return mayHold(caller, action, record.organizationId);
};

export const allowsOfShowcase = (record: ShowcaseRecord, caller: Caller): ShowcaseAction[] =>
  actionsFrom(table, record.state).filter((action) => mayActOnShowcase(action, record, caller));
