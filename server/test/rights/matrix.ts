import type { EndpointKey } from '@sandan/shared/api';
import type { ProblemCode } from '@sandan/shared/problems';
import type { PersonName } from '../town-cast';
import { accessRows } from './matrix-access';
import { auditRows } from './matrix-audit';
import { codeRows } from './matrix-codes';
import { commitmentRows } from './matrix-commitments';
import { officeRows } from './matrix-offices';
import { householdRows } from './matrix-households';
import { visitRows } from './matrix-visits';
import { privacyRows } from './matrix-privacy';
import { callRows } from './matrix-calls';
import { sweepRows } from './matrix-sweeps';
import { subscriptionRows } from './matrix-subscriptions';
import { wechatRows } from './matrix-wechat';

/**
 * Who may do what, written down before anybody asked the server (domain.md §3.2, §3.4, §3.5, §7). One line per endpoint,
 * one column per kind of person. Each scene is a thing of the resident's in the first group of village A, in a state in
 * which the act is legal; where somebody has it in hand, that is the member.
 */
export const people = [
  'nobody',
  'resident', // whose order it is
  'otherResident', // of the same village
  'farResident', // of village B
  'member', // a helper who serves the group
  'memberOutside', // a helper of village B
  'deskLead', // of village A
  'deskLeadOutside', // of village B
  'groupLead', // 小网格长 of the group
  'hubKeeper', // 中心户 of the group
  'townDispatcher',
  'inspector',
  'disciplineDesk',
  'villageSupervisor', // of village A
  'secretary', // of the branch of village A
  'admin', // of the county
  'auditor', // of the county
  'townSecretary', // of the town's committee
] as const satisfies readonly (PersonName | 'nobody')[];
export type PersonKind = (typeof people)[number];

/** `empty`: answered, but without the thing. `not found`: 404, as if it were not there. */
export type Outcome = 'yes' | 'empty' | 'not found' | ProblemCode;

/** Beside the API: pages of the machine that runs it and of the documentation. */
export type PageKey =
  | '/health/live'
  | '/health/ready'
  | '/metrics'
  | '/api/openapi.json'
  | '/api/docs'
  | `/api/docs/${'start.js' | 'swagger-ui.css' | 'swagger-ui-bundle.js' | 'favicon-32x32.png'}`;

/** The same endpoint on a thing of another kind: it begins with the endpoint's own key. */
export type FurtherKey =
  | `orders.list ${'of my desk' | 'of my village' | 'near by'}`
  | `orders.read ${'shown in the village' | 'sealed' | 'opened by the desk' | '村务疑问' | '作风反映' | 'that complains about the lead'}`
  | `orders.${'remind shown in the village' | 'withdraw in hand'}`
  | `tasks.list ${'to be claimed' | 'of my desk'}`
  | `tasks.read ${'done' | 'of a sealed order'}`
  | `people.find ${'to dispatch to' | 'to hand over to'}`
  | `access.${'resetSecondFactor' | 'endSessionsOf'} of another county`
  | 'commitments.read draft'
  | 'papers.open forged'
  | 'audit.open forged'
  | 'sweeps.openPaper forged'
  | 'calls.todayPaper forged'
  | 'cards.member who has promised nothing'
  | 'links.give a draft'
  | 'links.picture forged'
  | 'posters.open forged'
  | 'activities.openPaper forged'
  | 'photos.read forged'
  | 'photos.readVoice forged'
  | 'opinions.give under a taken id'
  | 'rounds.figures by member'
  | 'privacy.consents of a child'
  | 'privacy.openMine forged'
  | `wechat.${'checkAddress' | 'push'} unsigned`
  | '/metrics through a proxy';

export type RowKey = EndpointKey | PageKey | FurtherKey;
/** A missing column does not compile, nor one too many. */
export type Row = OneFor<typeof people>;
type OneFor<Kinds extends readonly PersonKind[]> = { readonly [Place in keyof Kinds]: Outcome };

const yes = 'yes';
const emp = 'empty';
/** 401, 403 and 404. */
const who = 'session.missing';
const nay = 'access.forbidden';
const nil = 'not found';
/** Nobody but a household with a 联户 has its own member to ask. */
const lnk = 'order.no-linked-member';
/** The desk says no by 不予受理, with words; it takes an order back only while somebody has it in hand. */
const sta = 'order.wrong-state';
const ask = 'order.withdraw-ask-desk';
const old = 'photo.link-expired';
const gon = 'paper.link-expired';
const tkn = 'opinion.id-taken';
/** What one has written oneself. */
const cow = 'complaint.own';
/** 我也是 is a neighbour's word. */
const own = 'order.own-me-too';

// prettier-ignore
const table: Record<RowKey, Row> = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 点单: everybody, for himself; on the spot only who serves the place
  'orders.place':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'orders.placeDirect':                              [who, yes, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk],
  'orders.placeSettled':                             [who, nay, nay, nay, yes, nay, yes, nay, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay],

  // 看
  'orders.list':                                     [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.list of my desk':                          [who, emp, emp, emp, emp, emp, yes, emp, yes, yes, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.list of my village':                       [who, yes, yes, emp, yes, emp, emp, emp, emp, yes, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.list near by':                             [who, yes, yes, emp, yes, emp, emp, emp, emp, yes, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.counts':                                   [who, emp, emp, emp, emp, emp, yes, emp, emp, emp, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.similar':                                  [who, yes, yes, emp, yes, emp, yes, emp, yes, yes, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.read':                                     [who, yes, nil, nil, yes, nil, yes, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.read shown in the village':                [who, yes, yes, nil, yes, nil, yes, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.read sealed':                              [who, yes, nil, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'orders.read opened by the desk':                  [who, yes, nil, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'orders.read 村务疑问':                            [who, yes, nil, nil, nil, nil, yes, nil, yes, yes, yes, yes, nil, yes, yes, nil, nil, yes],
  'orders.read 作风反映':                            [who, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, yes, nil, nil, nil, nil, nil],
  'orders.read that complains about the lead':       [who, yes, nil, nil, nil, nil, nil, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.revealContact':                            [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 研判: the desk of the village and the town above it
  'orders.open':                                     [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, nil, nay, nil, nay, nay, nay, nay, nay],
  'orders.settle':                                   [who, nay, nay, nay, nil, nil, yes, nil, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay],
  'orders.ask':                                      [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.answer':                                   [who, yes, nil, nil, nil, nil, yes, nil, nay, nay, yes, nay, nil, nil, nay, nil, nil, nay],
  'orders.accept':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.decline':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.object':                                   [who, yes, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.merge':                                    [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.unmerge':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.escalate':                                 [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.sendDown':                                 [who, nay, nay, nay, nay, nay, nay, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.redirect':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.convert':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.takeBack':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.suspend':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.resume':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.reclassify':                               [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.correctPerson':                            [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.protect':                                  [who, yes, nil, nil, nil, nil, yes, nil, nay, nay, yes, yes, nil, nil, nay, nil, nil, nay],

  // 下单, 核实
  'orders.dispatch':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.extend':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.verify':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.sendBack':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 反馈: the resident's word
  'orders.confirm':                                  [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.reopen':                                   [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.appealUp':                                 [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.withdraw':                                 [who, yes, nil, nil, nil, nil, sta, nil, nay, nay, sta, nay, nil, nil, nay, nil, nil, nay],
  'orders.withdraw in hand':                         [who, ask, nil, nil, nay, nil, yes, nil, nay, nay, yes, nay, nil, nil, nay, nil, nil, nay],
  'orders.remind':                                   [who, yes, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.remind shown in the village':              [who, yes, nay, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.meToo':                                    [who, own, yes, nil, yes, nil, nay, nil, nay, yes, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.recordCallback':                           [who, nay, nay, nay, nay, nay, yes, nil, nay, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.noteCall':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, yes, yes, nay, nil, nay, nay, nay, nay, nay],

  // 上级, 督查
  'orders.orderRedo':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay],
  'orders.closeReview':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay],
  'orders.inspect':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'orders.appealFault':                              [who, nay, nil, nil, yes, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.decideAppeal':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'orders.supervise':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, yes, nay, nay, yes],
  'orders.answerSupervision':                        [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 接单, 处置: who serves the place may claim, who has it in hand does the rest
  'tasks.list':                                      [who, nay, nay, nay, yes, emp, emp, emp, emp, emp, emp, nay, emp, nay, nay, nay, nay, nay],
  'tasks.list to be claimed':                        [who, nay, nay, nay, yes, emp, yes, emp, yes, yes, yes, nay, emp, nay, nay, nay, nay, nay],
  'tasks.list of my desk':                           [who, nay, nay, nay, emp, emp, yes, emp, yes, yes, yes, nay, emp, nay, nay, nay, nay, nay],
  'tasks.read':                                      [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.read done':                                 [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.read of a sealed order':                    [who, nay, nay, nay, yes, nil, nil, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nay],
  'tasks.claim':                                     [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.start':                                     [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.giveBack':                                  [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.keep':                                      [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.handOver':                                  [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.agreeHandOver':                             [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.refuseHandOver':                            [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.contact':                                   [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.note':                                      [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.askHelp':                                   [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.askExtension':                              [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.report':                                    [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.reassign':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.waive':                                     [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.cancel':                                    [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'inspections.draw':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'inspections.list':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'inspections.read':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],

  // 照片, 录音: uploaded by whoever is signed in, opened by a signed address alone
  'photos.put':                                      [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.post':                                     [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.putVoice':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.postVoice':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.read':                                     [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.read forged':                              [old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old],
  'photos.readVoice':                                [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'photos.readVoice forged':                         [old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old],

  // 消息, 投诉建议: of the resident
  'messages.list':                                   [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'messages.counts':                                 [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'messages.read':                                   [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'opinions.give':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'opinions.give under a taken id':                  [who, yes, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn, tkn],
  'opinions.list':                                   [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, yes, emp, emp],
  'opinions.answer':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  // 内容审核: the desk of the place and those above it; nobody complains of his own words, or of what he does not see
  'reviews.list':                                    [who, nay, nay, nay, nay, nay, yes, emp, nay, nay, yes, nay, nay, nay, yes, yes, nay, yes],
  'reviews.decide':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, yes, nay, yes],
  'reviews.complain':                                [who, cow, nil, nil, nil, nil, yes, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'reviews.complaints':                              [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'opinions.figures':                                [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],

  ...commitmentRows,
  ...auditRows,
  ...visitRows,

  ...sweepRows,
  ...subscriptionRows,
  ...wechatRows,
  ...callRows,
  // 名册导入: the administrator alone, his own uploads, within his place
  'rosters.kinds':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.template':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.upload':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.list':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.read':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.units':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.apply':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.recheck':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.cancel':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.errors':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'rosters.openErrors':                             [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],

  // figures of village A, settings of the town
  'boards.waiting':                                  [who, emp, emp, emp, emp, emp, yes, emp, yes, emp, yes, emp, emp, emp, yes, emp, emp, yes],
  'boards.figures':                                  [who, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, yes, yes, yes, yes, yes, yes, yes],
  'settings.read':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, yes, nay, nay],
  'settings.change':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'settings.closePeriod':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'settings.places':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, yes, nay, nay],
  'settings.changes':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, yes, nay, nay],
  'settings.protection':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'settings.holidays':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'settings.saveHolidays':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'settings.changeProtection':                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  ...officeRows,

  // 人: signing in, oneself; finding somebody (as a proxy: masked residents of the grids one serves)
  'people.signInWithWechat':                         [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.demoPeople':                               [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.signInAsDemo':                             [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.signOut':                                  [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.me':                                       [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.changeMe':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'people.find':                                     [who, nay, nay, nay, yes, emp, yes, emp, yes, yes, yes, nay, yes, nay, nay, yes, nay, nay],
  'people.find to dispatch to':                      [who, nay, nay, nay, nil, nil, yes, nil, nil, nil, yes, nay, nil, nay, nay, nil, nay, nay],
  'people.find to hand over to':                     [who, nay, nay, nay, yes, nil, nil, nil, nil, nil, nil, nay, nil, nay, nay, nil, nay, nay],

  ...accessRows,
  ...privacyRows,
  ...codeRows,
  ...householdRows,

  // for everybody
  'grids.list':                                      [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'grids.locate':                                    [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'categories.list':                                 [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/health/live':                                    [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/health/ready':                                   [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/metrics':                                        [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/metrics through a proxy':                        [nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  '/api/openapi.json':                               [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/api/docs':                                       [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/api/docs/start.js':                              [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/api/docs/swagger-ui.css':                        [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/api/docs/swagger-ui-bundle.js':                  [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  '/api/docs/favicon-32x32.png':                     [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
};

/** The same, to be asked by name. */
export const matrix = Object.fromEntries(
  Object.entries(table).map(([key, row]) => [
    key,
    Object.fromEntries(people.map((person, place) => [person, row[place]])),
  ]),
) as Record<RowKey, Record<PersonKind, Outcome>>;
