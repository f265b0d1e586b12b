import { isPersonal } from '@sandan/shared/commitments/commitment.words';
import { startOfChinaDay, dayOf } from '@sandan/shared/china-time';
import { promisedPeople } from './commitment-cast';
import { NotYet, type Deed } from './deed';
import { closeWith, link, tell } from './deed-acts';
import { keeperOf } from './commitment-cast';
import { changeIt, disputed, rejectIt, releaseIt, type Twist } from './deed-changes';
import {
  acceptIt,
  answerIt,
  approveIt,
  begin,
  comeBack,
  dayMs,
  deliverIt,
  goOn,
  goTo,
  opineOn,
  publishIt,
  report,
  submitIt,
  type Wish,
} from './deed-steps';
import type { LinkedOrders } from './linked-orders';
import type { Stage } from './stage';
import * as sayings from './words/commitment-sayings';

/** Days on which a branch decides together; the same for all its deeds of a year. */
export interface BranchDays {
  /** When the town looks at the organisation's own deeds. */
  townReview: number;
  meeting: number;
  present: number;
  publication: number;
}

export const branchDays = ({ random }: Stage, { year, branch }: Pick<Wish, 'year' | 'branch'>): BranchDays => ({
  townReview: year.instant(2, random.int(22, 24), 10),
  meeting: year.instant(2, random.int(25, 27), 19),
  present: branch.members.length - random.int(1, 5),
  publication: year.instant(3, random.int(2, 7), random.int(9, 16)),
});

export interface Course {
  days: BranchDays;
  orders: LinkedOrders;
}

/** A promise through its year, as far as today: what would come next has not happened yet. */
export async function lived(stage: Stage, wish: Wish, course: Course): Promise<Deed> {
  const deed = await published(stage, wish, course.days);
  try {
    await kept(deed, twistOf(deed), course);
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
  }
  return deed;
}

/** Until it is public: drafted in winter, decided in the meeting, published with the others of the branch. */
export async function published(stage: Stage, wish: Wish, days: BranchDays): Promise<Deed> {
  const { random } = stage;
  const vague = random.chance(0.03);
  const month = random.int(1, 2);
  const at = wish.year.instant(month, month === 1 ? random.int(14, 31) : random.int(1, 12), random.int(8, 20));
  const deed = begin(stage, { ...wish, vague }, at + random.int(0, 59) * 60_000);
  goOn(deed, 0.001, 2.5);
  await submitIt(deed);
  if (vague) await comeBack(deed);
  const isBranch = deed.record.reviewOrganizationId === wish.branch.id;
  goTo(deed, isBranch ? days.meeting : days.townReview);
  await approveIt(deed, isBranch ? { on: days.meeting, of: days.present } : undefined);
  goTo(deed, days.publication);
  await publishIt(deed);
  return deed;
}

// prettier-ignore
const twistsOfLast: readonly (readonly [Twist, number])[] = [
  ['none', 940], ['reject', 16], ['uphold', 3], ['dismiss', 3], ['amend', 16], ['postpone', 14], ['refuse', 5],
];
const twistsOfCurrent: typeof twistsOfLast = [
  ...twistsOfLast,
  ...([['partly', 6], ['abandon', 4], ['carryOver', 2], ['release', 2]] as const), // prettier-ignore
];

/** Only what ends early enough has time for a detour. */
function twistOf({ stage, year, record, wording }: Deed): Twist {
  const hasTime = !wording.wholeYear && Number(record.deadline.slice(5, 7)) <= 10;
  if (!hasTime) return 'none';
  const twist = stage.random.weighted(year.isClosed ? twistsOfLast : twistsOfCurrent);
  // 免除 is for a person who moved or fell ill.
  return twist === 'release' && !isPersonal(record.kind) ? 'none' : twist;
}

const changes: readonly Twist[] = ['amend', 'postpone', 'refuse', 'abandon', 'carryOver'];

async function kept(deed: Deed, twist: Twist, course: Course): Promise<void> {
  const { stage } = deed;
  if (stage.random.chance(isPersonal(deed.record.kind) ? 0.012 : 0.12)) await opinion(deed);
  if (twist === 'release') {
    goOn(deed, 20, 60);
    return releaseIt(deed);
  }
  if (changes.includes(twist)) {
    goOn(deed, 5, 20);
    await changeIt(deed, twist);
  }
  if (deed.record.state !== 'published' || deed.record.carriesOver === 1) return;
  const end = deliveryDay(deed);
  await workUntil(deed, end, course.orders);
  goTo(deed, end);
  await deliverIt(deed, twist === 'partly' ? { done: Math.ceil(Number(deed.texts.n) * 0.7) } : {});
  await confirmed(deed, twist);
  await rated(deed);
}

async function opinion(deed: Deed): Promise<void> {
  goOn(deed, 0.5, 5);
  await opineOn(deed);
  goOn(deed, 0.3, 4);
  await answerIt(deed);
}

const endOf = (day: string): number => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return startOfChinaDay(dayOf(year, month, date)) + dayMs;
};

/** Mostly before the last day, some long before; this year one in fourteen comes late. */
function deliveryDay({ stage, record, wording, year, at }: Deed): number {
  const { random } = stage;
  const end = endOf(record.deadline);
  if (wording.wholeYear) return end - random.between(5, 18) * dayMs;
  if (!year.isClosed && random.chance(0.07)) return end + random.between(3, 80) * dayMs;
  const early = random.chance(0.2) ? random.between(25, 60) : random.between(5, 24);
  return Math.max(at.getTime() + 3 * dayMs, end - early * dayMs);
}

/** 践诺: what is told from time to time, and the orders that belong to it. */
async function workUntil(deed: Deed, end: number, orders: LinkedOrders): Promise<void> {
  const { random } = deed.stage;
  const start = deed.at.getTime();
  const times = random.int(isPersonal(deed.record.kind) ? 0 : 2, deed.wording.wholeYear ? 4 : 2);
  const order = orders.take(deed, end);
  if (order && order.at < end) {
    goTo(deed, order.at);
    link(deed, keeperOf(deed), order.id);
  }
  for (let time = 1; time <= times; time += 1) {
    const share = (time - random.between(0, 0.4)) / (times + 0.5);
    const at = start + (end - start) * share;
    if (at <= deed.at.getTime()) continue;
    goTo(deed, at);
    await report(deed, share * random.between(0.85, 1));
  }
}

async function confirmed(deed: Deed, twist: Twist): Promise<void> {
  goOn(deed, 0.5, isPersonal(deed.record.kind) ? 6 : 9);
  // What has to be mended is mended within the year.
  const hasTime = endOf(deed.year.endsOn) - deed.at.getTime() > 25 * dayMs;
  if (hasTime && twist === 'reject') await rejectIt(deed);
  if (hasTime && (twist === 'uphold' || twist === 'dismiss')) await disputed(deed, twist);
  if (deed.record.state === 'delivered') await acceptIt(deed);
}

/** How many say how it was; from five on the stars are shown. */
const raters: Record<'personal' | 'common', readonly (readonly [range: readonly [number, number], weight: number])[]> =
  {
    personal: [[[0, 0], 52], [[1, 4], 24], [[5, 8], 24]], // prettier-ignore
    common: [[[0, 0], 10], [[2, 4], 20], [[5, 16], 70]], // prettier-ignore
  };
const stars: readonly (readonly [number, number])[] = [[5, 64], [4, 26], [3, 7], [2, 2], [1, 1]]; // prettier-ignore

/** 评诺, in the weeks after; in a year that is over, before it was closed. */
export async function rated(deed: Deed): Promise<void> {
  const { random } = deed.stage;
  const [from, to] = random.weighted(raters[isPersonal(deed.record.kind) ? 'personal' : 'common']);
  const last = deed.year.isClosed ? deed.year.instant(13, 11) : Infinity;
  for (const person of promisedPeople(deed).slice(0, random.int(from, to))) {
    goOn(deed, 0.02, 2);
    if (deed.at.getTime() > last) return;
    const words = random.chance(0.1) ? { words: random.pick(sayings.ratingWords) } : {};
    await tell(deed, person, 'rate', { stars: random.weighted(stars), ...words, judged: null });
  }
}

/** 结束年度: all that was accepted is kept. */
export function closed(deed: Deed): Deed {
  deed.at = new Date(deed.year.instant(13, 12));
  closeWith(deed, deed.stage.population.prepared.townSecretary);
  return deed;
}
