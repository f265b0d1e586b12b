import type { GrantedRole, HelperKind } from '../access/roles';

/**
 * 亮岗位: the posts that stand on a member's public card, with what the village may come to them for. A role that is not
 * named here (督查员, 管理员 …) is nobody's business in public.
 */
export const postDuties: Readonly<Partial<Record<GrantedRole, string>>> = {
  partySecretary: '主持党组织工作，带头承诺，审诺、亮诺、验收',
  deputySecretary: '协助书记，组织党员承诺践诺',
  partyGuide: '指导村里的党建工作',
  villageLiaison: '驻村联系群众，协调解决难题',
  hubKeeper: '联系左邻右舍，收集诉求，上门回访',
  smallGridLead: '巡查走访，把组里的事办在前头',
  gridWorker: '巡查网格，登记和办理群众的事',
  deskLead: '研判、分派全村的事，盯到办结',
  townDispatcher: '统筹全镇的事，协调各部门',
  mediator: '调解邻里纠纷',
  clerk: '在窗口为群众办事、代办',
  villageSupervisor: '监督村务和村里的钱怎么用',
};

/** The same for whoever takes on orders, by kind. */
export const helperDuties: Readonly<Record<HelperKind, string>> = {
  partyMember: '接群众的单，为群众办实事',
  applicant: '跟着党员一起为群众办事',
  cadre: '办村里的事，接群众的单',
  gridWorker: '巡查网格，登记和办理群众的事',
  socialWorker: '帮扶老人、孩子和困难家庭',
  volunteer: '参加志愿服务',
  auxiliaryPolice: '协助维护治安',
  legalAdviser: '解答法律问题',
};

export const rankNames = {
  committee: '党委',
  generalBranch: '党总支',
  branch: '党支部',
  cell: '党小组',
} as const;
