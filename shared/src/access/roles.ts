import type { CommitmentAction } from '../commitments/commitment.lifecycle';
import type { ShowcaseAction } from '../commitments/showcase.lifecycle';
import type { RoundAction } from '../commitments/round.lifecycle';
import type { BindingAction } from '../people/binding.lifecycle';
import type { OrderAction } from '../orders/order.lifecycle';
import type { TaskAction } from '../orders/task.lifecycle';
import type { SweepAction } from '../sweeps/sweep.lifecycle';

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
  | 'binding.rebind'
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
  | 'handover.prepare'
  | 'link.askAnother'
  | 'link.arrange'
  | 'visit.record'
  | 'visit.watch'
  | 'phone.publish'
  | 'privacy.publish'
  | 'person.erase'
  | 'correction.decide';

/** Everybody who has signed in. */
const resident = [
  'order.place',
  'order.placeDirect',
  'order.read',
  'order.answer',
  'order.object',
  'order.confirm',
  'order.reopen',
  'order.appealUp',
  'order.withdraw',
  'order.remind',
  'order.meToo',
  'order.protect',
  'order.appealFault',
  'photo.upload',
  'voice.upload',
  'opinion.give',
  'message.read',
  'link.askAnother',
  'commitment.read',
  'commitment.opine',
  'commitment.dispute',
  'commitment.rate',
  'household.see',
  'binding.bind',
  'binding.ask',
  'binding.withdraw',
  // Judges are named, whoever they are.
  'showcase.score',
] as const satisfies Permission[];

/** 承诺人: whoever has promised something keeps it, changes it by request, shows it. */
const promises = [
  'commitment.draft',
  'commitment.rewrite',
  'commitment.submit',
  'commitment.recall',
  'commitment.withdraw',
  'commitment.progress',
  'commitment.linkOrder',
  'commitment.requestChange',
  'commitment.deliver',
  'commitment.takeBack',
] as const satisfies Permission[];

/** 异议: of the level above, secretary or deputy; a committee's secretary may have accepted the deed himself. */
const answersDisputes = ['commitment.uphold', 'commitment.dismiss'] as const satisfies Permission[];
/** 书记: reviews what the level below promises, publishes, accepts, answers disputes one level down. */
const reviews = [
  'commitment.return',
  'commitment.approve',
  'commitment.publish',
  'commitment.answerOpinion',
  'commitment.approveChange',
  'commitment.refuseChange',
  'commitment.accept',
  'commitment.reject',
  'commitment.showWords',
  'commitment.hideWords',
  ...answersDisputes,
  'commitment.release',
  'round.watch',
  'round.remind',
] as const satisfies Permission[];

/** Drafts for the members of his organisation, many at once. */
const imports = ['commitment.import'] as const satisfies Permission[];

/** 承诺年度 is the town's: held by the secretary of a village, too, but only the town's own reaches it. */
const movesRounds = [
  'round.open',
  'round.startDrafting',
  'round.startReview',
  'round.begin',
  'round.lookBack',
  'round.goOn',
  'round.startClosing',
  'round.close',
  'round.exempt',
  'round.readmit',
  'round.include',
  'commitment.askCorrection',
  'commitment.correct',
  'showcase.set',
  'showcase.change',
  'showcase.start',
  'showcase.finish',
  'showcase.sign',
  'showcase.cancel',
] as const satisfies Permission[];

/** Whoever has a task in hand. */
const inHand = [
  'task.read',
  'task.claim',
  'task.giveBack',
  'task.handOver',
  'task.agreeHandOver',
  'task.refuseHandOver',
  'task.contact',
  'task.note',
  'task.askHelp',
  'task.askExtension',
  'task.report',
  'task.start',
  'order.revealContact',
  'person.find',
] as const satisfies Permission[];

/** The same for those who also meet what they settle on the spot (当场办结). */
const handling = [...inHand, 'order.settle'] as const satisfies Permission[];

/** 大走访: of the households linked to him; grid lead and worker in their grids. */
const visits = ['visit.record', 'phone.publish'] as const satisfies Permission[];
/** 联户: arranged and watched over by the secretary; counts only. */
const arrangesLinks = ['link.arrange', 'visit.watch', 'phone.publish'] as const satisfies Permission[];

/** 入户排查: sets it up, starts it, sees how far everybody is, within his reach. */
const setsSweeps = [
  'sweep.set',
  'sweep.change',
  'sweep.start',
  'sweep.split',
  'sweep.remind',
  'sweep.extend',
  'sweep.close',
  'sweep.reopen',
  'sweep.cancel',
  'sweep.read',
  'sweep.record',
  'sweep.recordAny',
  'sweep.export',
] as const satisfies Permission[];
/** Need-to-know flags (低保, 重度残疾 …) and masked names: whoever has to send people to these doors. */
const knowsSwept = ['sweep.chooseFlags', 'sweep.exportNames'] as const satisfies Permission[];

/** 接单的人: partyMember, gridWorker, socialWorker, volunteer … are kinds of the one role. */
const helper = [...handling, ...promises, ...visits, 'sweep.record'] as const satisfies Permission[];

/** 研判: studies, dispatches, calls back. */
const study = [
  'order.read',
  'order.desk',
  'order.open',
  'order.ask',
  'order.answer',
  'order.accept',
  'order.decline',
  'order.merge',
  'order.unmerge',
  'order.escalate',
  'order.sendDown',
  'order.redirect',
  'order.dispatch',
  'order.convert',
  'order.takeBack',
  'order.suspend',
  'order.resume',
  'order.verify',
  'order.sendBack',
  'order.recordCallback',
  'order.noteCall',
  'order.withdraw',
  'order.answerSupervision',
  'order.extend',
  'order.reclassify',
  'order.protect',
  'order.correctPerson',
  'task.offer',
  'task.reassign',
  'task.waive',
  'task.cancel',
  'figures.read',
] as const satisfies Permission[];

/** 代理: may name somebody who acts for him while he is away (domain.md §7). */
const delegates = ['post.delegate'] as const satisfies Permission[];

/** 任免: gives and ends posts below, as access/posts.ts says, and hands over whole offices (换届). */
const appoints = [
  'post.read',
  'post.give',
  'post.end',
  'tree.read',
  'handover.prepare',
] as const satisfies Permission[];

/** 绑定: whoever knows the households by sight says who somebody is. */
const confirmsBindings = ['binding.read', 'binding.confirm', 'binding.refuse'] as const satisfies Permission[];
/** 户: members and what happens to them; their special circumstances only who serves the group (domain.md §12.8). */
const keepsHouseholds = ['household.read', 'household.manage'] as const satisfies Permission[];

/** The second yes to a post, and to a disputed household. */
const approvesBindings = ['binding.read', 'binding.approve', 'binding.refuse'] as const satisfies Permission[];

/** 研判台 of a village or town: its people's data is put right there, too. */
const desk = [
  ...study,
  ...handling,
  ...delegates,
  'tree.read',
  'correction.decide',
  ...confirmsBindings,
  'binding.approve',
  'binding.rebind',
  ...setsSweeps,
  ...knowsSwept,
] as const satisfies Permission[];

/** 回访: whoever calls also notes the calls that nobody took. */
const callsBack = ['order.recordCallback', 'order.noteCall'] as const satisfies Permission[];

const guide = [
  'order.read',
  'order.supervise',
  ...callsBack,
  ...delegates,
  'figures.read',
] as const satisfies Permission[];

export const rolePermissions = {
  resident,
  helper,
  hubKeeper: [...handling, ...delegates, 'order.read', ...callsBack, 'phone.publish', 'sweep.record'],
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
  deskLead: [...desk, ...keepsHouseholds],
  townDispatcher: [...desk, 'order.supervise', 'order.orderRedo', 'order.closeReview', 'setting.read', 'post.read'],
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
    'binding.rebind',
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
    ...appoints,
    'post.disable',
    'tree.change',
    'privacy.publish',
    'person.erase',
    'household.read',
    ...approvesBindings,
    'roster.import',
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
