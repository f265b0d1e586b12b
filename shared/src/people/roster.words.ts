/** What an office puts in from its own lists, in the order in which a county needs it. */
export const rosterKinds = {
  grids: '网格',
  boundaries: '网格边界',
  organizations: '党组织',
  people: '人员',
  households: '户籍',
} as const;
export type RosterKind = keyof typeof rosterKinds;

/** What each of them is for. */
export const rosterUses: Readonly<Record<RosterKind, string>> = {
  grids: '县、镇、村、组四级，别的名册都挂在上面，最先导入。',
  boundaries: '每个网格在地图上的范围，用来认出点单的地方。',
  organizations: '党委、支部和党小组，写明管哪些网格。',
  people: '党员、网格员、服务队等，写明岗位和特长。',
  households: '每户的人、住址和联系电话，写明联户党员。',
};

/** What they are counted by. */
export const rosterMeasures: Readonly<Record<RosterKind, string>> = {
  grids: '个',
  boundaries: '个',
  organizations: '个',
  people: '人',
  households: '户',
};

/** What would become of a line of the file; `missing`: in the system, within what was uploaded for, but not in the file. */
export const rosterStandings = {
  faulty: '有错',
  added: '新增',
  changed: '变更',
  ended: '终止',
  unchanged: '未变',
} as const;
export type RosterStanding = keyof typeof rosterStandings;

export const rosterStates = {
  reading: '正在读文件',
  checking: '正在逐行检查',
  ready: '检查好了',
  applying: '正在导入',
  applied: '导入好了',
  failed: '没有检查成',
  cancelled: '已取消',
} as const;
export type RosterState = keyof typeof rosterStates;

/** 坐标系 of an uploaded boundary. Stored is GCJ-02; CGCS2000 differs from WGS-84 by centimetres only. */
export const datums = {
  wgs84: 'WGS-84（手持 GPS）',
  cgcs2000: 'CGCS2000（测绘成果）',
  gcj02: 'GCJ-02（高德、腾讯地图）',
} as const;
export type Datum = keyof typeof datums;

export const rosterLimits = {
  /** Bytes of the file. */
  bytes: 64 * 1024 * 1024,
  /** Days for which what was read is kept when it is not imported; what was imported is forgotten at once. */
  days: 7,
} as const;

/** What stands in the first column of rows that explain and are never imported. */
export const rosterMarks = { note: '说明', example: '示例' } as const;
