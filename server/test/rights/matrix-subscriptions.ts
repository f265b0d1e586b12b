import type { Row, RowKey } from './matrix';
import { nay, who, yes } from './outcomes';

// prettier-ignore
export const subscriptionRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 微信订阅消息: everybody's own consent; templates are the county administrator's
  'subscriptions.ask':                               [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'subscriptions.mine':                              [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'subscriptions.report':                            [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'subscriptions.templates':                         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'subscriptions.check':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'subscriptions.save':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'subscriptions.test':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
} satisfies Partial<Record<RowKey, Row>>;
