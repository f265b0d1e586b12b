/** Why somebody has to look before two become one. */
export const bindingKinds = {
  phone: '手机号对上了',
  doorCode: '扫了门牌码',
  said: '自己报的户主和门牌',
  notMe: '手机号对上的人说不是自己',
  manyHouseholds: '几户人家留了同一个手机号',
  post: '名册上是有职务的人',
  rebind: '换了手机或微信',
  disputed: '名册上这个人已经绑定了别的微信',
  connected: '本人在电脑上连接手机',
} as const;
export type BindingKind = keyof typeof bindingKinds;

/** What convinced the worker. Only the kind of proof is kept, never a number of a document. */
export const bindingProofs = {
  knownInPerson: '当面认得本人',
  idCard: '当面看了身份证',
  householdBook: '当面看了户口簿',
  videoCall: '视频通话认得本人',
  headVouches: '户主当面作证',
} as const;
export type BindingProof = keyof typeof bindingProofs;
/** What stands where nobody of the office looked: one of the house said so in the app. */
const familyProof = { family: '家里人在手机上认定' } as const;
export const allBindingProofs = { ...bindingProofs, ...familyProof } as const;

export const bindingLimits = { asksADay: 3, phonesADay: 5, doorsADay: 3, words: 200, headName: 20, door: 40 } as const;
