import type { Row, RowKey } from './matrix';
import { emp, gon, nay, nil, who, yes } from './outcomes';

/** 隐私与数据: everybody's own; the desk puts the roster right, the administrator publishes the notice. See matrix.ts. */
/** A post, or an order that is not done yet, stands against closing the account. */
const clo = 'closing.blocked';
/** Who lives nowhere yet has nothing in the roster. */
const bad = 'request.bad-input';

// prettier-ignore
export const privacyRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  'privacy.notice':                                  [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.notices':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'privacy.publishNotice':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'privacy.consents':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.consents of a child':                     [who, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'privacy.consent':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.looks':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.exportMine':                              [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.openMine':                                [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.openMine forged':                         [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
  'privacy.closing':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.closeAccount':                            [who, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo, clo],
  'privacy.keepAccount':                             [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.erasePerson':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'privacy.closingOf':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'privacy.keepPerson':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'privacy.myCorrections':                           [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'privacy.askCorrection':                           [who, yes, yes, yes, yes, bad, bad, bad, bad, yes, bad, bad, bad, bad, bad, bad, bad, bad],
  'privacy.corrections':                             [who, nay, nay, nay, nay, nay, yes, emp, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay],
  'privacy.decideCorrection':                        [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay],
} as const satisfies Readonly<Partial<Record<RowKey, Row>>>;
