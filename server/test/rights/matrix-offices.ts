import type { EndpointKey } from '@sandan/shared/api';
import type { Row } from './matrix';
import { emp, nay, nil, who, yes } from './outcomes';

type OfficeKey = Extract<EndpointKey, `${'trees' | 'posts' | 'handovers'}.${string}`>;

/** Offices: who reads and changes the trees, gives posts, passes them on and hands them over (domain.md §7). */
// prettier-ignore
export const officeRows: Record<OfficeKey, Row> = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 网格、党组织: read by who leads there, changed by the administrator
  'trees.outline':                                   [who, nay, nay, nay, nay, nay, yes, emp, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes],
  'trees.node':                                      [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes],
  'trees.staff':                                     [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes],
  'trees.add':                                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'trees.preview':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'trees.change':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'trees.cancel':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],

  // 换届: for posts that are one's to give
  'handovers.list':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'handovers.read':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'handovers.prepare':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'handovers.cancel':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'handovers.undo':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'handovers.paper':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],

  // 任职: who leads appoints below; an account is closed by the administrator
  'posts.search':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes],
  'posts.person':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes],
  'posts.choices':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'posts.give':                                      [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'posts.end':                                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, yes],
  'posts.delegations':                               [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'posts.candidates':                                [who, nay, nay, nay, nay, nay, yes, nil, nil, nil, nil, nay, nay, nay, nil, nay, nay, nil],
  'posts.delegate':                                  [who, nay, nay, nay, nay, nay, yes, nil, nil, nil, nil, nay, nay, nay, nil, nay, nay, nil],
  'posts.endDelegation':                             [who, nil, nil, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'posts.disable':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'posts.enable':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
};
