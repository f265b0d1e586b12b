import type { CommitmentAction } from '../commitments/commitment.lifecycle';
import type { ShowcaseAction } from '../commitments/showcase.lifecycle';
import type { RoundAction } from '../commitments/round.lifecycle';
import type { BindingAction } from '../people/binding.lifecycle';
import type { OrderAction } from '../orders/order.lifecycle';
import type { TaskAction } from '../orders/task.lifecycle';
import type { SweepAction } from '../sweeps/sweep.lifecycle';
import {
  answersDisputes,
  appoints,
  approvesBindings,
  arrangesLinks,
  callsBack,
  confirmsBindings,
  delegates,
  desk,
  guide,
  handling,
  helper,
  imports,
  inHand,
  keepsHouseholds,
  movesRounds,
  promises,
  resident,
  reviews,
  setsSweeps,
  choosesByFlags,
  study,
  visits,
} from './permission-sets';

/**
 * Who may do what, as data. A grant is (person, role, node of a tree); it reaches that node and everything below it.
 * A permission says "somewhere"; the row rules of each room (`*.policy.ts`) say "here".
 */
export type Permission =
  | `order.${OrderAction}`
  | `task.${TaskAction}`
  | `commitment.${CommitmentAction}`
  | `round.${RoundAction}`
  | `showcase.${ShowcaseAction}`
  | `binding.${BindingAction}`
  | 'binding.read'
  | 'household.see'
  | 'household.read'
  | 'household.manage'
  | 'household.flags'
  | 'household.neighbours'
  | 'binding.rebind'
  | 'poster.print'
  | 'activity.join'
  | 'activity.save'
  | `sweep.${SweepAction}`
  | 'sweep.read'
  | 'sweep.record'
  | 'sweep.recordAny'
  | 'sweep.chooseFlags'
  | 'sweep.export'
  | 'sweep.exportNames'
  | 'commitment.read'
  | 'commitment.import'
  | 'round.watch'
  | 'order.read'
  | 'order.readAffairs'
  | 'order.desk'
  | 'order.revealContact'
  | 'task.read'
  | 'inspection.draw'
  | 'inspection.read'
  | 'figures.read'
  | 'setting.read'
  | 'setting.change'
  | 'person.find'
  | 'person.endSessions'
  | 'person.resetSecondFactor'
  | 'roster.import'
  | 'photo.upload'
  | 'voice.upload'
  | 'opinion.give'
  | 'content.review'
  | 'content.complain'
  | 'opinion.answer'
  | 'message.read'
  | 'audit.read'
  | 'audit.setRules'
  | 'access.review'
  | 'post.read'
  | 'post.give'
  | 'post.end'
  | 'post.disable'
  | 'post.delegate'
  | 'tree.read'
  | 'tree.change'
  | 'wechat.read'
  | 'handover.prepare'
  | 'link.askAnother'
  | 'link.arrange'
  | 'visit.record'
  | 'visit.watch'
  | 'phone.publish'
  | 'privacy.publish'
  | 'person.erase'
  | 'correction.decide';

export const rolePermissions = {
  resident,
  helper,
  hubKeeper: [
    ...handling,
    ...delegates,
    'order.read',
    ...callsBack,
    'phone.publish',
    'sweep.record',
    'household.neighbours',
  ],
  smallGridLead: [
    ...handling,
    ...delegates,
    'order.read',
    'order.escalate',
    ...visits,
    ...confirmsBindings,
    ...keepsHouseholds,
    'household.flags',
    'sweep.read',
    'sweep.split',
    'sweep.remind',
    'sweep.record',
    'sweep.recordAny',
  ],
  gridWorker: [
    ...handling,
    ...delegates,
    'order.read',
    ...visits,
    'correction.decide',
    ...confirmsBindings,
    ...keepsHouseholds,
    'household.flags',
    'sweep.record',
  ],
  deskLead: [...desk, ...keepsHouseholds, ...choosesByFlags],
  townDispatcher: [
    ...desk,
    'order.supervise',
    'order.orderRedo',
    'order.closeReview',
    'setting.read',
    'post.read',
    'poster.print',
  ],
  partySecretary: [
    'order.read',
    'order.supervise',
    'figures.read',
    ...promises,
    ...imports,
    ...reviews,
    ...movesRounds,
    ...appoints,
    ...delegates,
    ...arrangesLinks,
    ...approvesBindings,
    'content.review',
    'binding.rebind',
    'poster.print',
    'activity.save',
    ...setsSweeps,
  ],
  deputySecretary: [
    'order.read',
    'figures.read',
    'post.read',
    'tree.read',
    ...delegates,
    ...promises,
    ...imports,
    ...movesRounds,
    ...answersDisputes,
    'round.watch',
    'round.remind',
    ...arrangesLinks,
  ],
  partyGuide: guide,
  villageLiaison: [...guide, ...approvesBindings],
  departmentOfficer: ['figures.read'],
  unitCoordinator: ['figures.read'],
  externalKeeper: inHand,
  mediator: inHand,
  clerk: ['person.find'],
  inspector: [
    'order.read',
    'order.inspect',
    'order.decideAppeal',
    'order.supervise',
    'order.orderRedo',
    'order.closeReview',
    'order.protect',
    'order.revealContact',
    'inspection.draw',
    'inspection.read',
    'figures.read',
  ],
  /** 作风反映 alone: nothing of that is settled on the spot. */
  disciplineDesk: [...study, ...inHand],
  villageSupervisor: ['order.readAffairs', 'figures.read'],
  /** Never together with admin: exclusive-roles.ts. */
  auditor: ['audit.read', 'audit.setRules', 'access.review', 'figures.read', 'post.read', 'tree.read'],
  admin: [
    ...(['setting.read', 'setting.change', 'opinion.answer', 'person.find', 'access.review', 'figures.read'] as const),
    'person.endSessions',
    'person.resetSecondFactor',
    'content.review',
    ...appoints,
    'post.disable',
    'tree.change',
    'privacy.publish',
    'person.erase',
    'household.read',
    ...approvesBindings,
    'roster.import',
    'wechat.read',
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof rolePermissions;
export type GrantedRole = Exclude<Role, 'resident'>;

export const roleNames: Record<Role, string> = {
  resident: '群众',
  helper: '接单人',
  hubKeeper: '党员中心户',
  smallGridLead: '小网格长',
  gridWorker: '网格员',
  deskLead: '村级网格长',
  townDispatcher: '镇网格中心',
  partySecretary: '党组织书记',
  deputySecretary: '副书记',
  partyGuide: '党建指导员',
  villageLiaison: '驻村干部',
  departmentOfficer: '部门专员',
  unitCoordinator: '单位联络员',
  externalKeeper: '外单位对接人',
  mediator: '调解员',
  clerk: '窗口办事员',
  inspector: '督查员',
  disciplineDesk: '纪检专员',
  villageSupervisor: '村务监督委员会',
  auditor: '审计员',
  admin: '管理员',
};

export const helperKinds = {
  partyMember: '党员',
  applicant: '入党积极分子',
  cadre: '村干部',
  gridWorker: '网格员',
  socialWorker: '社工',
  volunteer: '志愿者',
  auxiliaryPolice: '辅警',
  legalAdviser: '法律顾问',
} as const;
export type HelperKind = keyof typeof helperKinds;

export const permissionsOf = (role: Role): readonly Permission[] => rolePermissions[role];
