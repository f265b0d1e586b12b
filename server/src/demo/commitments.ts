import type { CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { branchesOf, type Branch } from './commitment-cast';
import { demoYears, lastDayOf, type Year } from './commitment-year';
import type { Deed } from './deed';
import { branchDays, closed, lived, type Course } from './deed-course';
import { busyMembers, demoBranchDeeds, townDeeds } from './deed-scenes';
import { dayMs, type Wish } from './deed-steps';
import type { Inhabitant } from './homes';
import { linkedOrders } from './linked-orders';
import type { Promises } from './promise-rows';
import type { Random } from './random';
import type { Stage } from './stage';
import type { Story } from './story';
import { branchDeeds, livelihoodProjects, secretaryProjects } from './words/branch-deeds';
import type { DeedWords } from './words/deed-words';
import { memberDeeds } from './words/member-deeds';

/** 双向承诺: last year's promises, all kept, and this year's as far as they are. */
export async function makePromises(stage: Stage, stories: readonly Story[]): Promise<Promises> {
  const { last, current } = demoYears(stage);
  const branches = branchesOf(stage);
  const orders = linkedOrders(stories);
  const deeds: Deed[] = [];
  for (const year of [last, current]) {
    for (const branch of branches) {
      const course = { days: branchDays(stage, { year, branch }), orders };
      const scenes = await scenesOf(stage, { year, branch }, course);
      deeds.push(...scenes);
      for (const wish of wishesOf(stage, { year, branch, scenes })) deeds.push(await lived(stage, wish, course));
    }
  }
  for (const deed of deeds) if (deed.year.isClosed) closed(deed);
  tellTheNews(stage, deeds);
  return { years: [last, current], deeds };
}

/** What waits on the first day for the people whom a visitor plays. */
async function scenesOf(stage: Stage, where: Pick<Wish, 'year' | 'branch'>, course: Course): Promise<Deed[]> {
  if (where.year.isClosed) return [];
  const isDemoBranch = where.branch.secretary === stage.population.prepared.secretary;
  return isDemoBranch ? demoBranchDeeds(stage, where, course) : townDeeds(stage, where, course);
}

interface Roster {
  year: Year;
  branch: Branch;
  scenes: readonly Deed[];
}

function wishesOf(stage: Stage, roster: Roster): Wish[] {
  const { year, branch } = roster;
  const free = new Set(year.debtors.flatMap(({ debtorId, exempt }) => (exempt ? [debtorId] : [])));
  const members = branch.members.filter(({ row }) => !free.has(row.id));
  return [
    ...ofOrganization(stage, roster),
    ...members.flatMap((person) => {
      const wordings = stage.random.shuffle(untold(memberDeeds, roster, person));
      return wordings
        .slice(0, deedsOf(stage, year, branch, person))
        .map((wording) => wishFor(stage, { year, branch, kind: 'personal', person, wording }));
    }),
  ];
}

/** Nobody promises the same thing twice in a year. */
const untold = (wordings: readonly DeedWords[], { scenes }: Roster, person: Inhabitant | null): DeedWords[] => {
  const told = scenes.filter(({ record }) => record.personId === (person?.row.id ?? null));
  return wordings.filter((wording) => !told.some((deed) => deed.wording === wording));
};

const wishFor = (stage: Stage, wish: Omit<Wish, 'deadline'>): Wish => ({
  ...wish,
  deadline: deadlineOf(stage.random, wish.year, wish.wording),
});

const counts = {
  // prettier-ignore
  last: [[4, 88], [5, 9], [6, 3]],
  // prettier-ignore
  current: [[4, 89], [5, 5], [3, 3], [2, 1], [0, 2]],
} as const satisfies Record<string, readonly (readonly [number, number])[]>;

/** Four each, a few more; this year a few are still short. Those with scenes of their own promise the rest there. */
function deedsOf({ random, population }: Stage, year: Year, branch: Branch, person: Inhabitant): number {
  if (year.isClosed) return random.weighted(counts.last);
  if (branch.secretary === population.prepared.secretary && busyMembers(branch, population).includes(person)) return 3;
  const isPlayed = Object.values(population.prepared).includes(person);
  return isPlayed ? 4 : random.weighted(counts.current);
}

/** At least four 民生实事, one 书记项目, one 民生项目; this year one branch in eight is short of a project. */
function ofOrganization(stage: Stage, roster: Roster): Wish[] {
  const { year, branch } = roster;
  const { random } = stage;
  const of = (kind: CommitmentKind, words: readonly DeedWords[], count: number): Wish[] =>
    random
      .shuffle(words)
      .slice(0, count)
      .map((wording) => wishFor(stage, { year, branch, kind, person: null, wording }));
  const isShort = !year.isClosed && random.chance(0.12);
  return [
    ...of('organization', untold(branchDeeds, roster, null), random.int(4, 6)),
    ...of('secretaryProject', secretaryProjects, 1),
    ...of('livelihoodProject', livelihoodProjects, isShort ? 0 : 1),
  ];
}

// prettier-ignore
const months: readonly (readonly [month: number, weight: number])[] = [
  [4, 3], [5, 7], [6, 18], [7, 6], [8, 8], [9, 14], [10, 12], [11, 14], [12, 18],
];

function deadlineOf(random: Random, year: Year, { wholeYear, months: own }: DeedWords): string {
  if (wholeYear) return year.endsOn;
  return lastDayOf(year.number, own ? random.pick(own) : random.weighted(months));
}

/** As with the orders: what happened of late is still to be told by the worker; all that is older was told and read. */
function tellTheNews(stage: Stage, deeds: readonly Deed[]): void {
  const since = new Date(stage.today.getTime() - 3 * dayMs);
  for (const { history } of deeds) {
    for (const row of history) {
      const isNews = row.action !== 'rate' && row.at !== undefined && row.at > since;
      row.fannedOutAt = isNews ? null : (row.at ?? null);
    }
  }
}
