import type { Permission } from '@sandan/shared/access/roles';
import { roundLifecycle, type RoundAction, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import { actionsFrom, type Lifecycle } from '@sandan/shared/lifecycle';
import { grantsWith, holds, type Caller } from '../../foundation/access/caller';
import type { Round } from './round.entity';

const table: Lifecycle<RoundState, RoundAction> = roundLifecycle;

/** 承诺年度 is moved by whoever stands over the town's committee, not by the secretaries below it. */
export const mayMove = (caller: Caller, action: RoundAction, organizationId: string): boolean => {
  const permission: Permission = `round.${action}`;
  const line = caller.reference.tree.organizationLine(organizationId);
  return grantsWith(caller, permission).some(({ tree, nodeId }) => tree === 'party' && line.includes(nodeId));
};

export const allowsOfRound = (round: Pick<Round, 'state' | 'organizationId'>, caller: Caller): RoundAction[] =>
  actionsFrom(table, round.state).filter((action) => mayMove(caller, action, round.organizationId));

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
