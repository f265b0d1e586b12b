import type { EndpointKey } from '@sandan/shared/api';
import type { ProblemCode } from '@sandan/shared/problems';
import type { PersonName } from '../town-cast';
import { accessRows } from './matrix-access';
import { auditRows } from './matrix-audit';
import { codeRows } from './matrix-codes';
import { commitmentRows } from './matrix-commitments';
import { officeRows } from './matrix-offices';
import { orderRows } from './matrix-orders';
import { householdRows } from './matrix-households';
import { visitRows } from './matrix-visits';
import { privacyRows } from './matrix-privacy';
import { callRows } from './matrix-calls';
import { sweepRows } from './matrix-sweeps';
import { subscriptionRows } from './matrix-subscriptions';
import { wechatRows } from './matrix-wechat';
import { emp, gon, nay, nil, old, who, yes } from './outcomes';

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

const tkn = 'opinion.id-taken';
/** What one has written oneself. */
const cow = 'complaint.own';

// prettier-ignore
const table: Record<RowKey, Row> = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  ...orderRows,

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
