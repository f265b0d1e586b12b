import { roleNames, type Role } from '@sandan/shared/access/roles';
import { lookPurposes, looks, type LookAct } from '@sandan/shared/privacy/look.words';
import type { Reference } from '../../foundation/reference/reference';
import type { LookRow } from './looks.queries';

/** Who, in which post of that day, what of, and why. Whoever looked acted in a post, so the full name is told. */
export function lookWords(row: LookRow, personId: string, { tree }: Reference) {
  const node = row.nodeId === null ? undefined : (tree.grid(row.nodeId) ?? tree.organization(row.nodeId));
  const role = row.role === null ? null : roleNames[row.role as Role];
  const { purpose } = row;
  return {
    who: row.byId === personId ? '本人' : (row.byName ?? '系统'),
    post: role && `${node?.name ?? ''}${role}`,
    what: looks[row.act as LookAct],
    purpose: purpose && (lookPurposes[purpose] ?? null),
  };
}
