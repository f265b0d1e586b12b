import type { EndpointKey } from '@sandan/shared/api';
import type { Row } from './matrix';
import { emp, nay, nil, who, yes } from './outcomes';

/** Nobody is linked to this household, or he has none here. */
const unl = 'household-link.none';
/** A visit is mended by who made it. */
const oth = 'visit.not-yours';

/** Rows of the matrix (see matrix.ts) about households: who is linked to whom, who visits, whose number is shown. */
// prettier-ignore
export const visitRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 联户: who asks is a resident of a linked household; arranged by the secretary of the village and of the town above it
  'householdLinks.mine':                             [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'householdLinks.askAnother':                       [who, yes, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl, unl],
  'householdLinks.plan':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'householdLinks.apply':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'householdLinks.requests':                         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'householdLinks.settleRequest':                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],

  // 大走访: the linked member, grid lead and worker of the group; the secretary has numbers only
  'visits.households':                               [who, nay, nay, nay, yes, emp, nay, nay, emp, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'visits.household':                                [who, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'visits.mine':                                     [who, nay, nay, nay, yes, emp, nay, nay, emp, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'visits.atHome':                                   [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'visits.record':                                   [who, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'visits.change':                                   [who, nay, nay, nay, yes, nil, nay, nay, oth, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'visits.figures':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'visits.overdue':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'visits.remind':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'visits.settings':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, yes, nay, nay],
  'visits.changeSettings':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'profile.read':                                     [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'profile.change':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'publishedPhone.read':                             [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'publishedPhone.change':                           [who, nay, nay, nay, yes, yes, nay, nay, yes, yes, nay, nay, nay, nay, yes, nay, nay, yes],
} as const satisfies Partial<Record<EndpointKey, Row>>;
