import type { Permission } from './roles';

/** Permissions that belong together, by the work they are for; roles.ts says who has which. */

/** Everybody who has signed in. */
export const resident = [
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
  'content.complain',
  'message.read',
  'activity.join',
  'link.askAnother',
  'commitment.read',
  'commitment.opine',
  'commitment.dispute',
  'commitment.rate',
  'household.see',
  'binding.bind',
  'binding.ask',
  'binding.withdraw',
  // Of one's own house.
  'binding.vouch',
  'binding.doubt',
  // Judges are named, whoever they are.
  'showcase.score',
] as const satisfies Permission[];

/** 承诺人: whoever has promised something keeps it, changes it by request, shows it. */
export const promises = [
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
export const answersDisputes = ['commitment.uphold', 'commitment.dismiss'] as const satisfies Permission[];
/** 书记: reviews what the level below promises, publishes, accepts, answers disputes one level down. */
export const reviews = [
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
export const imports = ['commitment.import'] as const satisfies Permission[];

/** 承诺年度 is the town's: held by the secretary of a village, too, but only the town's own reaches it. */
export const movesRounds = [
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
export const inHand = [
  'task.read',
  'task.claim',
  'task.giveBack',
  'task.keep',
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
export const handling = [...inHand, 'order.settle'] as const satisfies Permission[];

/** 大走访: of the households linked to him; grid lead and worker in their grids. */
export const visits = ['visit.record', 'phone.publish'] as const satisfies Permission[];
/** 联户: arranged and watched over by the secretary; counts only. */
export const arrangesLinks = ['link.arrange', 'visit.watch', 'phone.publish'] as const satisfies Permission[];

/** 入户排查: sets it up, starts it, sees how far everybody is, within his reach. */
export const setsSweeps = [
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
/** 低保, 重度残疾 …: the village sends people to these doors without being told which they are (domain.md §12.8). */
export const choosesByFlags = ['sweep.chooseFlags'] as const satisfies Permission[];

/** 接单的人: partyMember, gridWorker, socialWorker, volunteer … are kinds of the one role. */
export const helper = [...handling, ...promises, ...visits, 'sweep.record'] as const satisfies Permission[];

/** 研判: studies, dispatches, calls back. */
export const study = [
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
export const delegates = ['post.delegate'] as const satisfies Permission[];

/** 任免: gives and ends posts below, as access/posts.ts says, and hands over whole offices (换届). */
export const appoints = [
  'post.read',
  'post.give',
  'post.end',
  'tree.read',
  'handover.prepare',
] as const satisfies Permission[];

/** 绑定: whoever knows the households by sight says who somebody is. */
export const confirmsBindings = ['binding.read', 'binding.confirm', 'binding.refuse'] as const satisfies Permission[];
/** 户: members and what happens to them, and the code at their door; their special circumstances only who serves the group (domain.md §12.8). */
export const keepsHouseholds = ['household.read', 'household.manage', 'poster.print'] as const satisfies Permission[];

/** The second yes to a post, and to a disputed household. */
export const approvesBindings = ['binding.read', 'binding.approve', 'binding.refuse'] as const satisfies Permission[];

/** 研判台 of a village or town: its people's data is put right there, too. */
export const desk = [
  ...study,
  ...handling,
  ...delegates,
  'tree.read',
  'correction.decide',
  ...confirmsBindings,
  'binding.approve',
  'binding.rebind',
  'activity.save',
  ...setsSweeps,
  'sweep.exportNames',
  'content.review',
] as const satisfies Permission[];

/** 回访: whoever calls also notes the calls that nobody took. */
export const callsBack = ['order.recordCallback', 'order.noteCall'] as const satisfies Permission[];

export const guide = [
  'order.read',
  'order.supervise',
  ...callsBack,
  ...delegates,
  'figures.read',
] as const satisfies Permission[];
