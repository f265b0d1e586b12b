import type { GrantedRole } from './roles';

/**
 * 职责分离: posts that one person may never hold together, whatever tree or node they stand on. Who watches is not who
 * sets up (等保 2.0: system administrator and auditor are different persons).
 */
const apart: readonly (readonly [GrantedRole, GrantedRole])[] = [
  ['auditor', 'admin'],
  // 村委会组织法: whoever runs the village does not supervise it.
  ['deskLead', 'villageSupervisor'],
];

/** The roles that whoever holds `role` must not hold. */
export const rolesThatExclude = (role: GrantedRole): GrantedRole[] =>
  apart.flatMap(([one, other]): GrantedRole[] => {
    if (role === one) return [other];
    return role === other ? [one] : [];
  });

/**
 * 有任期或临时的岗位: elected for a term, sent for a time, or powerful enough to be confirmed again. Such a grant without an
 * end is listed for review.
 */
export const postsThatEnd: readonly GrantedRole[] = [
  ...(['partySecretary', 'deputySecretary', 'deskLead', 'villageSupervisor', 'smallGridLead'] as const),
  ...(['partyGuide', 'villageLiaison', 'externalKeeper'] as const),
  ...(['inspector', 'disciplineDesk', 'auditor', 'admin'] as const),
];
