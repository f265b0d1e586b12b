/** What happens in a household, with its day (domain.md §6). */
export const householdEvents = {
  death: '去世',
  marriageOut: '婚嫁迁出',
  division: '分户',
  comeBack: '外出返乡',
  goAway: '外出',
  moveIn: '迁入',
  moveOut: '迁出',
  headChange: '换户主',
  close: '销户',
  regroup: '换到别的组',
} as const;
export type HouseholdEventKind = keyof typeof householdEvents;

/** Why a number is looked at in the clear. Each view is written down with it. */
export const revealPurposes = {
  contact: '联系办事',
  visit: '上门走访',
  emergency: '紧急情况',
  check: '核对花名册',
} as const;
export const revealable = { phone: '手机号', idNumber: '身份证号' } as const;

export const consentWays = { spoken: '口头同意', signed: '签字同意', code: '验证码同意' } as const;
export type ConsentWay = keyof typeof consentWays;

export const careStates = { asked: '等家里同意', agreed: '照看中', refused: '没有同意', ended: '已结束' } as const;
export type CareState = keyof typeof careStates;
export const kinships = {
  child: '子女',
  childInLaw: '儿媳女婿',
  grandchild: '孙辈',
  sibling: '兄弟姐妹',
  other: '其他亲属',
} as const;

export const householdLimits = {
  name: 20,
  door: 40,
  code: 40,
  search: 20,
  found: 30,
  proxyMonths: 12,
  checkMonths: 12,
} as const;
