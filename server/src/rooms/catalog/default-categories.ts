import type { Category } from './category.entity';

/** Days to handle it, on the clock of the urgency: hours of work, daytime, or round the clock. */
type Days = number;
type Row = readonly [
  id: string,
  name: string,
  urgency: Category['urgency'],
  handle: Days,
  photo: Category['photo'],
  visibility: Category['visibility'],
  more?: Partial<Category>,
];

/** Flags of domain.md §12.1. */
const S = { settleable: 1 };
const D = { direct: 1 };
const V = { verify: 1 };
const A = { fallbackAssign: 1 };
const team = { team: 1 };
const external = { external: 1 };
const town = { deskTier: 'town' } as const;

/** Place among the pictures of the home page (修路 路灯 水电 垃圾 帮老人 代办 纠纷); the eighth is 更多. */
const pictured = (picture: number) => ({ picture });
const shows = (notice: string) => ({ notice });
/** First contact within so many days, where the urgency's own limit is too long. */
const contactIn = (contact: Days, handle: Days) => ({
  limits: { handle: { days: handle }, contact: { days: contact } },
});

/** What a category is when the table says nothing else. */
const plain: Omit<
  Category,
  'id' | 'field' | 'fieldName' | 'name' | 'sort' | 'urgency' | 'limits' | 'photo' | 'visibility'
> = {
  ...{ picture: null, settleable: 0, direct: 0, verify: 0, fallbackAssign: 0, team: 0, external: 0, active: 1 },
  ...{ deskTier: 'village', deskKind: 'desk', skill: null, notice: null },
};

// prettier-ignore
const table: readonly (readonly [field: string, fieldName: string, rows: readonly Row[]])[] = [
  ['infrastructure', '道路设施', [
    ['roadDamage', '道路破损、积水', 'normal', 10, 'both', 'open', { ...V, ...pictured(1) }],
    ['streetLight', '路灯不亮', 'normal', 3, 'after', 'open', { ...S, ...A, ...pictured(2) }],
    ['roadSafety', '护栏、减速带、反光镜', 'planned', 20, 'both', 'open', V],
    ['publicFacility', '公共设施损坏', 'normal', 10, 'both', 'open', S],
  ]],
  ['utilities', '水电通信', [
    ['waterSupply', '停水、饮水', 'urgent', 1, 'none', 'open', { ...A, ...external, ...pictured(3) }],
    ['powerCut', '停电、电线', 'urgent', 1, 'none', 'open', { ...A, ...external }],
    ['drainage', '水沟、化粪池堵塞', 'urgent', 2, 'both', 'open', { ...S, ...A }],
    ['telecom', '网络、电话、电视', 'normal', 5, 'none', 'normal', external],
  ]],
  ['environment', '环境卫生', [
    ['garbage', '垃圾清运', 'normal', 1, 'both', 'open', { ...S, ...A, ...pictured(4) }],
    ['pollution', '污水、臭气、噪声', 'normal', 5, 'after', 'normal', V],
    ['animals', '流浪犬、病死畜禽', 'urgent', 1, 'after', 'normal', A],
  ]],
  ['care', '关爱帮扶', [
    ['elderHelp', '帮老人（送餐、修理、看望）', 'urgent', 1, 'none', 'normal', { ...S, ...D, ...A, ...pictured(5) }],
    ['medicalHelp', '陪诊、取药、送医', 'urgent', 1, 'none', 'normal', { ...D, ...A, ...shows('病情紧急，请先打 120 急救电话。') }],
    ['childCare', '留守儿童、接送照看', 'normal', 2, 'none', 'confidential', { ...A, ...shows('孩子有危险，请先打 110，也可以打妇联热线 12338。') }],
    ['disabledHelp', '残疾人帮扶', 'normal', 3, 'none', 'normal', { ...D, ...A }],
    ['hardship', '临时困难', 'normal', 5, 'none', 'confidential', { ...A, ...contactIn(1, 5) }],
  ]],
  ['errands', '代办服务', [
    ['errand', '代办跑腿（缴费、取件）', 'normal', 2, 'none', 'normal', { ...S, ...D, ...pictured(6) }],
    ['papers', '证明、证件代办', 'normal', 3, 'none', 'normal'],
    ['phoneHelp', '教用手机、养老医保认证', 'normal', 2, 'none', 'normal', { ...S, ...D }],
    ['policyQuestion', '政策咨询', 'normal', 2, 'none', 'normal', S],
  ]],
  ['livelihood', '生产就业', [
    ['farmTech', '农技、病虫害', 'urgent', 2, 'none', 'open', { skill: 'farmTech' }],
    ['farmHands', '农机、人手、灌溉', 'urgent', 2, 'none', 'open', team],
    ['jobs', '找工作、招人、卖农产品', 'normal', 5, 'none', 'normal'],
    ['businessSupport', '企业、项目服务', 'normal', 5, 'none', 'normal', town],
  ]],
  ['safety', '安全应急', [
    ['hazard', '危房、塌方、燃气、火灾隐患', 'emergency', 1, 'both', 'normal', { ...V, ...A, ...shows('已经起火或漏气，请先离开现场，打 119。') }],
    ['disaster', '防汛防台、转移安置', 'emergency', 1, 'none', 'normal', { ...A, ...team }],
    ['missingPerson', '老人小孩走失', 'emergency', 1, 'none', 'normal', { ...A, ...team, ...shows('请同时打 110 报警，走失不用等 24 小时。') }],
  ]],
  ['peace', '矛盾平安', [
    ['dispute', '邻里、土地、家庭纠纷', 'normal', 10, 'none', 'confidential', { ...contactIn(1, 10), ...pictured(7) }],
    ['legalHelp', '法律咨询', 'normal', 3, 'none', 'confidential', { skill: 'law' }],
    ['publicOrder', '治安、诈骗、出租屋', 'urgent', 2, 'none', 'confidential', shows('正在发生或有人身危险，请先打 110 报警。')],
  ]],
  ['villageAffairs', '村务建议', [
    ['suggestion', '意见建议', 'planned', 20, 'none', 'normal'],
    ['villageAccounts', '村务、财务疑问', 'normal', 10, 'none', 'normal'],
    ['cadreConduct', '作风反映', 'normal', 15, 'none', 'confidential', { ...town, deskKind: 'discipline', ...shows('也可以直接打纪检监察举报电话 12388。') }],
  ]],
  ['other', '其他', [
    ['other', '其他', 'normal', 5, 'none', 'normal', S],
  ]],
];

/** The 34 categories a county starts with (domain.md §12.1), in the order in which the app shows them. */
export const defaultCategories: readonly Category[] = table.flatMap(([field, fieldName, rows], place) =>
  rows.map(([id, name, urgency, handle, photo, visibility, more], index) => ({
    ...{ id, field, fieldName, name, urgency, photo, visibility, ...plain },
    sort: (place + 1) * 100 + index,
    limits: { handle: { days: handle } },
    ...more,
  })),
);
