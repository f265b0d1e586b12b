import type { Permission } from '@sandan/shared/access/roles';
import { roundLifecycle, type RoundAction, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { grantsWith, holds, type Caller } from '../../foundation/access/caller';
import type { Round } from './round.entity';

const table: Lifecycle<RoundState, RoundAction> = roundLifecycle;

/** 承诺年度 is moved by whoever stands over the town's committee, not by the secretaries below it. */
export const mayMove = (caller: Caller, action: RoundAction, organizationId: string): boolean =>
  action === 'remind' ? mayRemind(caller, organizationId) : standsOver(caller, `round.${action}`, organizationId);

/** 提醒: every secretary within the town, his own part of it. */
const mayRemind = (caller: Caller, committeeId: string): boolean =>
  standsOver(caller, 'round.remind', committeeId) ||
  remindedOrganizations(caller).some((id) => caller.reference.tree.organizationLine(id).includes(committeeId));

export const remindsOver = (caller: Caller, organizationId: string): boolean =>
  standsOver(caller, 'round.remind', organizationId);

export const remindedOrganizations = (caller: Caller): string[] =>
  grantsWith(caller, 'round.remind').flatMap(({ tree, nodeId }) => (tree === 'party' ? [nodeId] : []));

export const allowsOfRound = (round: Pick<Round, 'state' | 'organizationId'>, caller: Caller): RoundAction[] =>
  actionsFrom(table, round.state).filter((action) => mayMove(caller, action, round.organizationId));

/** 看着谁: over the organisation itself, or above it. */
export const watchesOver = (caller: Caller, organizationId: string): boolean =>
  standsOver(caller, 'round.watch', organizationId);

const standsOver = (caller: Caller, permission: Permission, organizationId: string): boolean => {
  const line = caller.reference.tree.organizationLine(organizationId);
  return grantsWith(caller, permission).some(({ tree, nodeId }) => tree === 'party' && line.includes(nodeId));
};

/** Organisations whose debtors the caller may look through: his own and those below. Empty: none. */
export const watchedOrganizations = (caller: Caller): string[] =>
  holds(caller, 'round.watch')
    ? grantsWith(caller, 'round.watch').flatMap(({ tree, nodeId }) => (tree === 'party' ? [nodeId] : []))
    : [];

/** Whoever lives or serves in the town, or above it. */
export const seesRound = ({ reference, homeGridId, grants }: Caller, { townId }: Pick<Round, 'townId'>): boolean =>
  [...(homeGridId ? [homeGridId] : []), ...grants.flatMap(({ grids }) => grids.map(({ id }) => id))].some(
    (id) => reference.tree.isWithin(id, townId) || reference.tree.isWithin(townId, id),
  );

export const townsSeen = (caller: Caller): string[] =>
  caller.reference.tree.grids
    .filter(({ tier, id }) => tier === 'town' && seesRound(caller, { townId: id }))
    .map(({ id }) => id);
