/** 换届和交接 (domain.md §7): the same act for elections and for whatever else ends an office. */
export const handoverKinds = {
  election: '换届',
  byElection: '补选',
  transfer: '调动',
  resignation: '辞职',
  impeachment: '罢免',
  death: '在任去世',
} as const;
export type HandoverKind = keyof typeof handoverKinds;

export const handoverStates = { prepared: '已准备', applied: '已生效', cancelled: '已取消', undone: '已撤回' } as const;
export type HandoverState = keyof typeof handoverStates;

/** 24 hours to undo; ten days by law to hand over. */
export const handoverLimits = { undoHours: 24, handDays: 10, posts: 40, plannedDays: 366 } as const;
