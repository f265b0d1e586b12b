import type { Permission } from '@sandan/shared/access/roles';
import { gridsWith } from '../../foundation/access/reach';
import type { Caller } from '../../foundation/access/caller';

/**
 * What an auditor sees: of the county everything (an installation serves one county), of a town what was done to things of
 * that town, or by people who hold their post or live there. Entries without a town are the county's.
 */
export type AuditReach = 'all' | readonly string[];

export function auditReach(caller: Caller): AuditReach {
  const grids = gridsWith(caller, 'audit.read');
  if (grids.some(({ tier }) => tier === 'county')) return 'all';
  return [...new Set(grids.flatMap(({ tier, id }) => (tier === 'town' ? [id] : [])))];
}

/** The county over which the caller holds the permission; null where he holds it further down only. */
export const countyWith = (caller: Caller, permission: Permission): string | null =>
  gridsWith(caller, permission).find(({ tier }) => tier === 'county')?.id ?? null;
