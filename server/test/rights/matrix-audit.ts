import type { Row, RowKey } from './matrix';
import { gon, nay, who, yes } from './outcomes';

/** 审计、账号核查: the county's auditor; the administrator sees posts and accounts, too. See matrix.ts. */

// prettier-ignore
export const auditRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  'audit.list':                                     [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay],
  'audit.state':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay],
  'audit.export':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay],
  'audit.changeRules':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay],
  'audit.open':                                    [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'audit.open forged':                             [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
  'grantReviews.roles':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay],
  'grantReviews.rolesPaper':                        [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay],
  'grantReviews.counts':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay],
  'grantReviews.accounts':                          [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay],
} as const satisfies Partial<Record<RowKey, Row>>;
