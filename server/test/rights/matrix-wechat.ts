import type { Row, RowKey } from './matrix';
import { nay, who, yes } from './outcomes';

const not = 'wechat.not-believed';

// prettier-ignore
export const wechatRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 微信接入: the administrator's
  'wechat.state':                                    [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  // 微信的消息推送: whoever signs and seals as WeChat does, whatever session he shows besides
  'wechat.checkAddress':                             [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'wechat.checkAddress unsigned':                    [not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not],
  'wechat.push':                                     [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'wechat.push unsigned':                            [not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not, not],
} satisfies Partial<Record<RowKey, Row>>;
