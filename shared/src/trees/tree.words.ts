/** 网格和党组织的变动, as people call them. */
const gridChanges = {
  add: '新设',
  rename: '改名',
  recode: '改编码',
  phone: '改值班电话',
  boundary: '改边界',
  move: '划转',
  merge: '合并',
  close: '撤销',
} as const;
const organizationChanges = {
  add: '新设',
  rename: '改名',
  rank: '改层级',
  move: '划转',
  tie: '联系网格',
  untie: '不再联系网格',
  close: '撤销',
} as const;
/** What is ordered of one node on its page. */
export const orderedChanges = { ...gridChanges, ...organizationChanges } as const;
export type OrderedChange = keyof typeof orderedChanges;
/** By a roster a centre moves too: on its page it follows the boundary. */
export type TreeChangeKind = OrderedChange | 'centre';
export const changeNames: Readonly<Record<TreeChangeKind, string>> = { ...orderedChanges, centre: '改中心点' };

export const changeStates = {
  planned: '还没到日子',
  applied: '已生效',
  cancelled: '已取消',
  failed: '没有生效',
} as const;
export type ChangeState = keyof typeof changeStates;

export const rankNames = { committee: '党委', generalBranch: '党总支', branch: '党支部', cell: '党小组' } as const;
export type Rank = keyof typeof rankNames;
export const tierNames = { county: '县', town: '镇街', village: '村居', group: '组' } as const;

/** 坐标系: what a surveyor's boundary is measured in. CGCS2000 and WGS-84 differ by centimetres. */
export const datums = { WGS84: 'WGS-84', CGCS2000: 'CGCS2000', GCJ02: 'GCJ-02' } as const;
export type Datum = keyof typeof datums;

export const treeLimits = { boundaryPoints: 2000, plannedDays: 366, reasonLength: 200 } as const;
