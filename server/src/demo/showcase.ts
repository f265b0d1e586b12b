import { chinaDate, chinaDay, dayOf, isWeekend, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { showcaseResult, usualResidentShare, type Contestant } from '@sandan/shared/commitments/showcase-result';
import {
  showcaseLifecycle,
  type ShowcaseAction,
  type ShowcaseState,
} from '@sandan/shared/commitments/showcase.lifecycle';
import { canDo, stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { fingerprintOf } from '../foundation/fingerprint';
import { historyRow } from '../foundation/lifecycle/move-row';
import type { History, HistoryFacts } from '../foundation/outbox/history.entity';
import type { Showcase, ShowcaseScore } from '../rooms/commitments/showcase.entity';
import { dueOf, mayActOnShowcase, mayHold } from '../rooms/commitments/showcases.policy';
import type { Judge, ShowcaseRecord } from '../rooms/commitments/showcases.queries';
import { branchesOf } from './commitment-cast';
import type { Year } from './commitment-year';
import type { Deed } from './deed';
import type { Inhabitant } from './homes';
import type { Promises } from './promise-rows';
import type { Stage } from './stage';

/** 打擂比武 as it went: the thing, its steps, the marks. */
export interface Staged {
  record: ShowcaseRecord;
  history: Partial<History>[];
  marks: ShowcaseScore[];
}

const table: Lifecycle<ShowcaseState, ShowcaseAction> = showcaseLifecycle;
const criteria = [
  { name: '承诺兑现', weight: 40 },
  { name: '群众受益', weight: 30 },
  { name: '现场讲述', weight: 20 },
  { name: '材料真实', weight: 10 },
];

/** Last year's showcase, signed in February; and from the autumn on the one that is being planned for the next. */
export function stageShowcases(stage: Stage, { years, deeds }: Promises): Staged[] {
  const [last, current] = years;
  if (!last || !current) throw new Error('There are no two years to show');
  const past = prepare(stage, last, new Date(stageDay(last) - 12 * dayMs));
  play(stage, past, deeds);
  const ahead = stageDay(current) - stage.today.getTime();
  if (ahead < dayMs || ahead > longestPlanning) return [past];
  const yesterday = startOfChinaDay(chinaDay(stage.today.getTime())) - 14 * 60 * minuteMs;
  return [past, prepare(stage, current, new Date(yesterday))];
}

const dayMs = 24 * 60 * minuteMs;
/** Planning begins in the autumn. */
const longestPlanning = 150 * dayMs;

/** The last working day of February that is not its very end: nine in the morning of it. */
function stageDay({ number }: Year): number {
  const late = dayOf(number + 1, 2, 26);
  const day = [late, late - 1, late - 2].find((each) => !isWeekend(each)) ?? late;
  return startOfChinaDay(day) + 9 * 60 * minuteMs;
}

/** 设立擂台: all branches of the town, and judges from its offices and from the villages. */
function prepare(stage: Stage, year: Year, at: Date): Staged {
  const { random, population } = stage;
  const by = stage.caller(population.prepared.townDeputy, at);
  const { id: roundId, organizationId, townId } = year.round;
  if (!mayHold(by, 'set', organizationId)) throw new Error('The deputy of the town cannot set a showcase');
  const plan = {
    ...{ title: `${year.number} 年度支部书记打擂比武`, heldOn: chinaDate(stageDay(year)), criteria },
    residentShare: usualResidentShare,
  };
  const record: ShowcaseRecord = {
    ...{ ...plan, id: random.id(at), roundId, organizationId, townId, state: 'preparing', stage: 'open', version: 0 },
    ...{ results: null, setById: by.personId, setAt: at, finishedById: null, signedById: null, signedBy: null },
    ...{ signedAt: null, fingerprint: fingerprintOf(plan), held: 0 },
    ...{ contestantIds: random.shuffle(branchesOf(stage).map(({ id }) => id)), judges: judgesOf(stage), scores: [] },
  };
  const staged: Staged = { record, history: [], marks: [] };
  tell(stage, staged, { by: population.prepared.townDeputy, action: 'set', at });
  return staged;
}

/** Five from the offices of the town, four members of different villages, who stay away from their own. */
function judgesOf(stage: Stage): Judge[] {
  const { places, population, holders } = stage;
  const { prepared, posts } = population;
  const offices = ['departmentOfficer', 'partyGuide', 'disciplineDesk'].flatMap((role) =>
    holders(role, places.town.grid.id).slice(0, role === 'departmentOfficer' ? 2 : 1),
  );
  const others = branchesOf(stage).filter(({ members }) => !members.includes(prepared.member));
  const members = others.slice(0, 3).flatMap(({ members: all, secretary, deputy }) => {
    return all.find((person) => person !== secretary && person !== deputy && person.row.phone !== null) ?? [];
  });
  return [prepared.inspector, ...offices, prepared.member, ...members].map(({ row, home }) => ({
    ...{ personId: row.id, name: row.name, home: row.homeOrganizationId, livesIn: home?.group.grid.id ?? null },
    posts: posts
      .filter(({ person }) => person.row.id === row.id)
      .map(({ role, kind, tree, nodeId }) => [role, kind, tree, nodeId]),
  }));
}

/** One branch after the other comes onto the stage, eight minutes each; the judges score each while it is fresh. */
function play(stage: Stage, staged: Staged, deeds: readonly Deed[]): void {
  const { random, population, reference } = stage;
  const { record } = staged;
  const { townDeputy, townSecretary } = population.prepared;
  const opened = startOfChinaDay(dayOfDate(record.heldOn)) + 9 * 60 * minuteMs;
  tell(stage, staged, { by: townDeputy, action: 'start', at: new Date(opened) });
  const severities = new Map(record.judges.map(({ personId }) => [personId, random.between(-4, 3)]));
  record.contestantIds.forEach((organizationId, turn) => {
    const talent = random.between(82, 94);
    const ended = opened + (turn + 1) * 8 * minuteMs;
    const due = record.judges.filter((judge) => dueOf(judge, record, reference).includes(organizationId));
    for (const [index, { personId }] of random.shuffle(due).entries()) {
      const marks = criteria.map(() => markNear(stage, talent + (severities.get(personId) ?? 0)));
      const at = new Date(ended + (index * 20 + random.int(0, 19)) * 1_000);
      tell(stage, staged, { by: stage.person(personId), action: 'score', at, facts: { organizationId } });
      record.scores.push({ judgeId: personId, organizationId, marks });
      staged.marks.push({ showcaseId: record.id, judgeId: personId, organizationId, marks, at });
    }
  });
  const ended = opened + (record.contestantIds.length + 2) * 8 * minuteMs;
  const results = showcaseResult(starsOf(deeds, record), record.scores, record);
  const finished = { results, finishedById: townDeputy.row.id };
  tell(stage, staged, { by: townDeputy, action: 'finish', at: new Date(ended), set: finished });
  const signedAt = new Date(ended + 14 * minuteMs);
  const signed = { signedById: townSecretary.row.id, signedBy: townSecretary.row.name, signedAt };
  tell(stage, staged, { by: townSecretary, action: 'sign', at: signedAt, set: signed });
}

const markNear = ({ random }: Stage, middle: number): number =>
  Math.max(60, Math.min(100, Math.round(middle + random.between(-3, 3))));

/** 'YYYY-MM-DD' → its China day. */
function dayOfDate(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return dayOf(year, month, day);
}

/** As the room asks the database: the residents' mean of the branch's deeds of that year; null below five raters. */
function starsOf(deeds: readonly Deed[], { roundId, contestantIds }: ShowcaseRecord): Contestant[] {
  return contestantIds.map((organizationId) => {
    const own = deeds.filter(({ record }) => record.roundId === roundId && record.organizationId === organizationId);
    const sum = (name: 'raters' | 'stars') => own.reduce((total, { record }) => total + record[name], 0);
    const raters = sum('raters');
    return { organizationId, stars: raters >= commitmentLimits.ratersShown ? sum('stars') / raters : null };
  });
}

interface Told {
  by: Inhabitant;
  action: ShowcaseAction;
  at: Date;
  set?: Partial<Showcase>;
  facts?: HistoryFacts;
}

/** One step, by somebody who really may, as the table says. */
function tell(stage: Stage, { record, history }: Staged, { by, action, at, set, facts }: Told): void {
  const caller = stage.caller(by, at);
  const from = action === 'set' ? null : record.state;
  if (from !== null && !(canDo(table, action, from) && mayActOnShowcase(action, record, caller)))
    throw new Error(`${by.row.name} cannot ${action} a showcase that is ${from}`);
  const [to = record.state] = from === null ? [] : targetsOf(table, action, from, []);
  const step = { caller, actionId: stage.random.id(at), thing: 'showcase', record, action } as const;
  const row = historyRow(step, { from, to, words: null, facts: facts ?? null });
  history.push({ ...row, fannedOutAt: at });
  Object.assign(record, set, { state: to, stage: stageOf(table, to), version: record.version + 1 });
}
