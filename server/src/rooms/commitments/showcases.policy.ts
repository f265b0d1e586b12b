import {
  showcaseLifecycle,
  type ShowcaseAction,
  type ShowcaseState,
} from '@sandan/shared/commitments/showcase.lifecycle';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { grantsWith, holds, type Caller } from '../../foundation/access/caller';
import type { ShowcaseRecord } from './showcases.queries';

const table: Lifecycle<ShowcaseState, ShowcaseAction> = showcaseLifecycle;

/** Over the town's committee, on the party tree. */
export const mayHold = (caller: Caller, action: ShowcaseAction, organizationId: string): boolean => {
  const line = caller.reference.tree.organizationLine(organizationId);
  return grantsWith(caller, `showcase.${action}`).some(({ tree, nodeId }) => tree === 'party' && line.includes(nodeId));
};

export const isJudge = ({ judges }: ShowcaseRecord, caller: Caller): boolean =>
  judges.some(({ personId }) => personId === caller.personId);

/** 回避: the own village, and one where the judge is posted (liaison, desk …) below the town itself. */
export function isOwnVillage(record: ShowcaseRecord, caller: Caller, organizationId: string): boolean {
  const { tree } = caller.reference;
  const home = record.judges.find(({ personId }) => personId === caller.personId)?.home ?? null;
  const isRelated = (one: string) =>
    tree.organizationLine(one).includes(organizationId) || tree.organizationLine(organizationId).includes(one);
  if (home !== null && home !== record.organizationId && isRelated(home)) return true;
  const villages = new Set(tree.gridsOfOrganization(organizationId).flatMap(({ village }) => village ?? []));
  const posted = caller.grants.flatMap(({ grids }) => grids.flatMap(({ village }) => village ?? []));
  return posted.some((village) => villages.has(village));
}

export const mayScore = (record: ShowcaseRecord, caller: Caller, organizationId: string): boolean =>
  isJudge(record, caller) &&
  record.contestantIds.includes(organizationId) &&
  !isOwnVillage(record, caller, organizationId);

export const mayActOnShowcase = (action: ShowcaseAction, record: ShowcaseRecord, caller: Caller): boolean => {
  if (action === 'score') return holds(caller, 'showcase.score') && isJudge(record, caller);
  // Whoever ended the scoring does not sign it as well: two people stand for the result.
  if (action === 'sign' && record.finishedById === caller.personId) return false;
  return mayHold(caller, action, record.organizationId);
};

export const allowsOfShowcase = (record: ShowcaseRecord, caller: Caller): ShowcaseAction[] =>
  actionsFrom(table, record.state).filter((action) => mayActOnShowcase(action, record, caller));
