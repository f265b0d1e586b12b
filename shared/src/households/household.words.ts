/** What a person is to the head of the household (与户主关系). */
export const relations = {
  head: '户主',
  spouse: '配偶',
  child: '子女',
  childInLaw: '儿媳女婿',
  grandchild: '孙辈',
  parent: '父母',
  parentInLaw: '公婆岳父母',
  grandparent: '祖辈',
  sibling: '兄弟姐妹',
  otherKin: '其他亲属',
  notKin: '非亲属',
} as const;
export type Relation = keyof typeof relations;

/** Whether somebody of the household is there (domain.md §6). */
export const residences = {
  living: '常住',
  away: '外出',
  registered: '空挂户籍',
  tenant: '租住',
} as const;
export type Residence = keyof typeof residences;

interface FlagWords {
  readonly name: string;
  /** Health, child and poverty: separate consent or a ground in law, need-to-know, checked again yearly (domain.md §12.8). */
  readonly sensitive: boolean;
  /** Of one person, not of the whole house. */
  readonly ofPerson: boolean;
}

/** 特殊情况. Not offered: petitioner, ex-prisoner, mental illness, religion. */
export const householdFlags = {
  livesAlone: { name: '独居老人', sensitive: false, ofPerson: true },
  emptyNest: { name: '空巢老人', sensitive: false, ofPerson: false },
  over80: { name: '高龄', sensitive: false, ofPerson: true },
  disabledSevere: { name: '重度残疾', sensitive: true, ofPerson: true },
  bedridden: { name: '失能卧床', sensitive: true, ofPerson: true },
  leftBehindChild: { name: '留守儿童', sensitive: true, ofPerson: true },
  childInNeed: { name: '困境儿童', sensitive: true, ofPerson: true },
  minimumLiving: { name: '低保', sensitive: true, ofPerson: false },
  extremePoverty: { name: '特困', sensitive: true, ofPerson: false },
  marginalPoor: { name: '低保边缘', sensitive: true, ofPerson: false },
  relapseWatch: { name: '防返贫监测', sensitive: true, ofPerson: false },
  seriousIllness: { name: '大病', sensitive: true, ofPerson: true },
  pregnant: { name: '孕产妇', sensitive: true, ofPerson: true },
  martyrFamily: { name: '军烈属', sensitive: false, ofPerson: false },
  unsafeHouse: { name: '危房', sensitive: false, ofPerson: false },
  hazardZone: { name: '地灾易涝点', sensitive: false, ofPerson: false },
  tenant: { name: '租住户', sensitive: false, ofPerson: false },
  noPhone: { name: '无手机', sensitive: false, ofPerson: true },
  dialectOnly: { name: '只讲方言', sensitive: false, ofPerson: true },
} as const satisfies Record<string, FlagWords>;
export type HouseholdFlagName = keyof typeof householdFlags;
/** Of the house and the ground it stands on, not of people: whoever has to get them out in time must know the doors. */
export const groundFlags: readonly HouseholdFlagName[] = ['unsafeHouse', 'hazardZone'];

export const flagSources = { roster: '花名册', visit: '走访', sweep: '排查', self: '本人申报' } as const;
export type FlagSource = keyof typeof flagSources;

export const flagGrounds = { consent: '本人或监护人同意', law: '法定职责' } as const;
export type FlagGround = keyof typeof flagGrounds;
