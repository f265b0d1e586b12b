/** 谁看过我的信息: what an entry of the audit means to the person it is about. Acts that are not here are no look. */
export const looks = {
  revealContact: '看了您单子上的姓名和电话',
  revealPerson: '看了您的完整信息',
  findByNumber: '用您的号码找到了您',
  sweepByFlags: '按特殊情况选住户排查，选到了您家',
  exportToday: '打印了一张有您的事的今日待办',
  exportSweep: '导出了一张有您家的排查结果表',
  openSweepPaper: '打开了一张有您家的排查结果表',
  addFlag: '登记了您家的特殊情况',
  checkFlag: '核对了您家的特殊情况',
  exportMine: '导出了一份您自己的信息',
  exportActivity: '导出了一张有您的活动签到表',
  exportPaper: '导出了一张有您名字的表',
  exportAudit: '导出了一份有您记录的审计表',
  exportRosterErrors: '导出名册里有错的行，您在里面',
  applyRoster: '导入名册，登记或更新了您的信息',
  decideCorrection: '核对了您的更正申请',
  erasePerson: '替您申请了注销',
} as const;
export type LookAct = keyof typeof looks;

/** Purposes as they stand in the audit. */
export const lookPurposes: Readonly<Record<string, string>> = {
  handle: '办这件事',
  callback: '回访',
  study: '研判',
  inspect: '督查',
  visit: '走访',
  contact: '联系办事',
  emergency: '紧急情况',
  check: '核对花名册',
  binding: '核对身份',
  correction: '核对更正',
};
