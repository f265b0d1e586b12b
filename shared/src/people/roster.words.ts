/** What an office puts in from its own lists, in the order in which a county needs it. */
export const rosterKinds = {
  grids: '网格',
  boundaries: '网格边界',
  organizations: '党组织',
  people: '人员',
  households: '户籍',
} as const;
export type RosterKind = keyof typeof rosterKinds;

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
  /** Lines of an error workbook; more errors than these are corrected in turns. */
  errors: 20_000,
} as const;

/** What stands in the first column of rows that explain and are never imported. */
export const rosterMarks = { note: '说明', example: '示例' } as const;
