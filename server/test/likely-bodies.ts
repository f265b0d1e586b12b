import { ulid } from 'ulid';
import { days, hours, type OrderDeed, type TaskDeed } from './journey';
import type { Town } from './town';
import type { PersonName } from './town-cast';

/** What people would send with each action: right more often than not. For tests that let anybody do anything. */

/** A number below `sides`. */
export type Dice = (sides: number) => number;
export interface Stage {
  town: Town;
  orderId: string;
  /** A neighbour's order that may be merged with. */
  otherId: string;
  now: () => number;
  /** The task in question, where there is one. */
  taskId?: string;
}
type Bodies<Deed extends string> = Record<Deed, (stage: Stage, dice: Dice) => object>;

const words = { words: '情况属实' };
const later = ({ now }: Stage, milliseconds: number): string => new Date(now() + milliseconds).toISOString();
const one = <T>(dice: Dice, ...choices: T[]): T => choices[dice(choices.length)] as T;
const person = ({ town }: Stage, dice: Dice, ...names: PersonName[]): string => town.people[one(dice, ...names)].id;
const anyGrid = ({ town }: Stage, dice: Dice): string =>
  one(dice, town.villageA, town.villageB, town.townId, town.groups.a1, town.groups.b1);

const result = (dice: Dice) => ({
  outcome: one(dice, 'solved', 'solved', 'partlySolved', 'explained', 'planned'),
  words: '办好了',
  noPhotoReason: 'nothingVisible',
  link: '2026年计划 12 号',
});
const answers = (dice: Dice) => ({ contacted: dice(4) > 0, solved: dice(3) > 0, stars: 1 + dice(5) });

function newTask(stage: Stage, dice: Dice): object {
  const mode = one(dice, 'open', 'open', 'assigned', 'team', 'external');
  const seats = 2 + dice(2);
  return {
    ...{ id: ulid(), mode, required: dice(4) > 0 },
    ...(mode === 'assigned' ? { assigneeId: person(stage, dice, 'member', 'member2', 'gridWorker', 'deskLead') } : {}),
    ...(mode === 'team' ? { seats, minSeats: 1 + dice(seats) } : {}),
    ...(mode === 'external' ? { unit: '镇供电所' } : {}),
  };
}

export const orderBodies: Omit<Bodies<OrderDeed>, 'revealContact'> = {
  settle: (_, dice) => ({ ...result(dice), contacted: true }),
  open: () => ({}),
  ask: () => words,
  answer: () => words,
  accept: (_, dice) => ({ ...(dice(3) === 0 ? { urgency: one(dice, 'urgent', 'normal', 'emergency') } : {}) }),
  decline: () => ({ reason: 'outsideScope', ...words }),
  object: () => words,
  merge: ({ otherId }) => ({ primaryId: otherId }),
  unmerge: () => ({}),
  escalate: () => words,
  sendDown: (stage) => ({ gridId: stage.town.villageA, ...words }),
  redirect: (stage, dice) => ({ gridId: anyGrid(stage, dice), ...words }),
  dispatch: (stage, dice) => ({ tasks: Array.from({ length: 1 + dice(2) }, () => newTask(stage, dice)) }),
  convert: () => ({ channel: 'mediation', ...words }),
  takeBack: () => words,
  suspend: (stage, dice) => ({
    reason: 'waitWeather',
    ...words,
    resumeAt: later(stage, one(dice, hours, 3 * days, 29 * days)),
  }),
  resume: () => ({}),
  verify: () => ({}),
  sendBack: () => words,
  confirm: (_, dice) => answers(dice),
  recordCallback: (_, dice) => ({ ...answers(dice), method: 'phone', spokeTo: '本人', reopen: dice(2) === 0 }),
  reopen: () => words,
  appealUp: () => words,
  orderRedo: () => words,
  closeReview: () => ({ ...words, outcome: 'explained' }),
  withdraw: () => ({}),
  inspect: (_, dice) => ({ result: one(dice, 'pass', 'fault', 'redo'), fault: 'notSolved', ...words }),
  appealFault: () => words,
  decideAppeal: (_, dice) => ({ upheld: dice(2) === 0, ...words }),
  remind: () => ({}),
  supervise: () => words,
  answerSupervision: () => words,
  meToo: () => ({}),
  extend: ({ taskId }) => ({ ...words, taskId: taskId ?? ulid() }),
  reclassify: (_, dice) => ({
    categoryId: one(dice, 'streetLight', 'roadDamage', 'drainage', 'dispute', 'hazard'),
    ...words,
  }),
  protect: () => words,
  correctPerson: (stage, dice) => ({ requesterId: person(stage, dice, 'resident', 'otherResident'), ...words }),
  noteCall: (_, dice) => ({ reached: dice(2) === 0 }),
};

export const taskBodies: Bodies<TaskDeed> = {
  claim: (stage) => ({ promisedAt: later(stage, 5 * hours) }),
  start: (_, dice) => ({ keepOpen: dice(2) === 0 }),
  giveBack: (_, dice) => ({ reason: one(dice, 'timeConflict', 'noSkill', 'cannotReach') }),
  keep: () => ({}),
  handOver: (stage, dice) => ({ toPersonId: person(stage, dice, 'member', 'member3', 'gridWorker', 'memberOutside') }),
  agreeHandOver: () => ({}),
  refuseHandOver: () => ({}),
  contact: (_, dice) => ({ method: one(dice, 'phone', 'visit', 'notReached') }),
  note: () => words,
  askHelp: () => words,
  askExtension: () => words,
  report: (_, dice) => ({ ...result(dice), absentIds: [], answer: '已处理' }),
  reassign: (stage, dice) => ({
    toPersonId: person(stage, dice, 'member', 'member2', 'member3'),
    newTaskId: ulid(),
    ...words,
  }),
  waive: () => words,
  cancel: () => words,
};

/** What carries an order on, and what ends it early: a life should be long enough to be interesting. */
const carriesOn = [
  'accept',
  'dispatch',
  'claim',
  'report',
  'verify',
  'confirm',
  'reopen',
  'inspect',
  'resume',
  'answer',
];
const endsEarly = [
  ...['withdraw', 'decline', 'convert', 'merge', 'protect', 'correctPerson', 'redirect', 'cancel', 'settle'],
  ...['remind', 'meToo', 'supervise', 'escalate'],
];

/** How often an action is chosen beside others. */
export function weightOf(action: string): number {
  if (carriesOn.includes(action)) return 10;
  return endsEarly.includes(action) ? 1 : 3;
}

/** Who usually moves an order on from there. */
export function whoseTurn(state: string): readonly PersonName[] {
  if (state === 'dispatched') return ['member2', 'member', 'member3', 'deskLead'];
  if (state === 'handling') return ['member2', 'member2', 'member', 'member3', 'gridWorker', 'deskLead'];
  if (state === 'asking' || state === 'declined') return ['resident', 'deskLead'];
  if (state === 'reported') return ['resident', 'resident', 'otherResident', 'deskLead', 'hubKeeper'];
  if (state === 'confirmed' || state === 'unanswered') return ['resident', 'inspector', 'inspector2', 'member2'];
  if (state === 'inReview') return ['inspector', 'townDispatcher'];
  return ['deskLead', 'deskLead', 'townDispatcher'];
}
