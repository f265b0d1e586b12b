import type { Row, RowKey } from './matrix';
import { nay, nil, who, yes } from './outcomes';

const pst = 'sign-in.posts-only';
/** The people of these scenes stand at phones: demo sessions are no computers. */
const cmp = 'connection.at-computer';
/** Whoever is on the roll already is not connected to somebody else. */
const smb = 'connection.somebody-already';
/** Nobody has one in these scenes. */
const mis = 'access.second-factor-missing';

// prettier-ignore
export const accessRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 登录、二次验证、设备: oneself; others' only by the administrator over them. A computer's code is for people with posts
  'access.askCode':                                 [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.exchangeCode':                            [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.openLink':                                [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.look':                                    [who, pst, pst, pst, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.confirm':                                 [who, pst, pst, pst, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.refuse':                                  [who, pst, pst, pst, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.secondFactor':                            [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.enrol':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.confirmEnrolment':                        [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.showSecondFactor':                        [who, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis],
  'access.renewRecoveryCodes':                      [who, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis, mis],
  'access.sessions':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.endSession':                              [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.endOtherSessions':                        [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'access.resetSecondFactor':                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'access.resetSecondFactor of another county':     [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nil, nay, nay],
  'live.ticket':                                     [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'connections.ask':                                 [who, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp],
  'connections.standing':                            [who, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'connections.finish':                              [who, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp, cmp],
  'connections.look':                                [who, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb],
  'connections.confirm':                             [who, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb],
  'connections.refuse':                              [who, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb, smb],
  'access.endSessionsOf':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'access.endSessionsOf of another county':         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nil, nay, nay],
} satisfies Partial<Record<RowKey, Row>>;
