import { chinaDate, dayOf, startOfChinaDay } from '@sandan/shared/china-time';
import type { FaultKind } from '@sandan/shared/orders/order.words';
import { systemActor } from '../rooms/orders/advance';
import { clocksOnly } from '../rooms/orders/clock-changes';
import { drawSample, type Candidate } from '../rooms/orders/draw-sample';
import type { InspectionDraw, InspectionItem } from '../rooms/orders/inspection.entity';
import { nextAlarm } from '../rooms/orders/order-clocks';
import { act, lapse } from './acts';
import { hearBack } from './feedback';
import { handle } from './handling';
import type { Inhabitant } from './homes';
import { fitting } from './roles';
import { sendOut } from './sending';
import { shifted, type Stage } from './stage';
import { wait, type Story } from './story';
import * as everyday from './words/everyday-words';

export interface Inspections {
  draws: InspectionDraw[];
  items: InspectionItem[];
}

/** 督查: a sample of every full month, drawn by the room's own rule; what was drawn last is not all inspected yet. */
export async function inspectClosed(stage: Stage, stories: readonly Story[]): Promise<Inspections> {
  const inspections: Inspections = { draws: [], items: [] };
  const months = fullMonths(stage);
  for (const month of months) {
    const drawnAt = shifted(stage, 'working', new Date(month.to), stage.random.between(60, 400));
    if (drawnAt > stage.today) continue;
    const closed = new Map(
      stories.filter((story) => isCandidate(story, month, drawnAt)).map((story) => [story.record.id, story]),
    );
    const drawn = drawSample([...closed.values()].map(candidateOf), month.name, 5);
    const inspector = stage.random.pick(stage.holders('inspector', stage.places.town.grid.id));
    const draw = drawOf(stage, month.name, drawnAt, inspector, closed.size);
    inspections.draws.push(draw);
    for (const { id, why } of drawn) {
      const story = closed.get(id) as Story;
      const item = itemOf(draw.id, id, why);
      inspections.items.push(item);
      const inspection = { drawId: draw.id, inspectorId: null, result: null, appealed: false };
      story.record = { ...story.record, inSample: 1, inspection, version: story.record.version + 1 };
      story.at = drawnAt;
      // Of the last draw some are left for whoever plays the inspector.
      if (month !== months.at(-1) || stage.random.chance(0.5)) await inspect(story, item);
    }
  }
  return inspections;
}

interface Month {
  /** 2026-10 */
  name: string;
  from: number;
  to: number;
}

/** The months of the period that are over, from the first full one. */
function fullMonths({ today }: Stage): Month[] {
  const [year = 0, month = 0] = chinaDate(today.getTime()).split('-').map(Number);
  const startOf = (back: number): number => {
    const months = year * 12 + month - 1 - back;
    return startOfChinaDay(dayOf(Math.floor(months / 12), (months % 12) + 1, 1));
  };
  return [8, 7, 6, 5, 4, 3, 2, 1].map((back) => {
    const from = startOf(back);
    return { name: chinaDate(from).slice(0, 7), from, to: startOf(back - 1) };
  });
}

function isCandidate({ record }: Story, { from, to }: Month, drawnAt: Date): boolean {
  const closedAt = record.closedAt?.getTime() ?? 0;
  const inMonth = closedAt >= from && closedAt < to && record.inSample === 0;
  const isClosed = record.state === 'confirmed' || record.state === 'unanswered';
  return inMonth && isClosed && archivesAt({ record }) > drawnAt;
}

const archivesAt = ({ record }: Pick<Story, 'record'>): Date =>
  record.clocks.find(({ kind }) => kind === 'window')?.nextAt ?? new Date(0);

const candidateOf = ({ record }: Story): Candidate => ({
  id: record.id,
  villageId: record.villageId ?? record.townId ?? '',
  handlerId: record.tasks.find(({ round }) => round === record.round)?.leadId ?? '',
  selfHandled: record.selfHandled === 1,
  unanswered: record.state === 'unanswered',
  reusedPhoto: false,
  outOfReview: record.ruled === 1,
});

function drawOf(stage: Stage, month: string, drawnAt: Date, by: Inhabitant, population: number): InspectionDraw {
  const rule = { percent: 5, doubled: ['selfHandled', 'unanswered'], always: ['reusedPhoto', 'outOfReview'] };
  const id = stage.random.id(drawnAt);
  return { id, gridId: stage.places.town.grid.id, month, seed: month, rule, population, drawnById: by.row.id, drawnAt };
}

const itemOf = (drawId: string, orderId: string, why: string): InspectionItem => ({
  ...{ drawId, orderId, why, result: null, fault: null, words: null, inspectorId: null, inspectedAt: null },
  ...{ appeal: null, appealedById: null, appealedAt: null, appealUpheld: null },
});

const findings = {
  pass: { fault: null, words: everyday.inspectWords },
  fault: { fault: 'missingEvidence', words: everyday.inspectFaultWords },
  redo: { fault: 'notSolved', words: everyday.inspectRedoWords },
} as const satisfies Record<string, { fault: FaultKind | null; words: readonly string[] }>;
type Result = keyof typeof findings;

/** Within three weeks, unless today comes first. */
async function inspect(story: Story, item: InspectionItem): Promise<void> {
  const { random, today, holders, places } = story.stage;
  wait(story, random.between(0.2, 14) * 390);
  if (story.at > today) return;
  const result = resultOf(story);
  const { fault } = findings[result];
  const words = random.pick(findings[result].words);
  const inspector = fitting(story, random.shuffle(holders('inspector', places.town.grid.id)), 'inspect');
  const body = { result, words, photoIds: [], calledBack: random.chance(0.7) };
  await act(story, inspector, 'inspect', fault ? { ...body, fault } : body);
  Object.assign(item, { result, fault, words, inspectorId: inspector.row.id, inspectedAt: story.at });
  if (result === 'fault') faultStands(story);
  if (result === 'redo') await doAgain(story);
}

/** Doing it again takes weeks, so it has to begin long before today. */
function resultOf({ stage, record, at }: Story): Result {
  const roll = stage.random.next();
  const isLongAgo = stage.today.getTime() - at.getTime() > 75 * 24 * 60 * 60_000;
  if (roll < 0.04) return isLongAgo && record.urgency !== 'planned' ? 'redo' : 'pass';
  return roll < 0.12 ? 'fault' : 'pass';
}

/** Nobody appeals within five working days: it stands, and the order is archived. */
function faultStands(story: Story): void {
  const dueAt = story.record.clocks.find(({ kind }) => kind === 'fault')?.nextAt;
  if (!dueAt || dueAt > story.stage.today) return;
  story.at = dueAt;
  const clocks = clocksOnly(story.record, systemActor(story.at, story.stage.reference), 'archived');
  lapse(story, 'settleFault', { to: 'archived', set: { inSample: 0 }, clocks });
}

async function doAgain(story: Story): Promise<void> {
  await sendOut(story);
  await handle(story);
  await hearBack(story);
}

/** 归档: fifteen days after closing, unless it is in a sample that is not settled. */
export function archiveOld(stage: Stage, stories: readonly Story[]): void {
  for (const story of stories) {
    const { state, inSample } = story.record;
    const at = archivesAt(story);
    if ((state !== 'confirmed' && state !== 'unanswered') || inSample === 1 || at > stage.today) continue;
    story.at = at;
    lapse(story, 'archive', {
      to: 'archived',
      clocks: clocksOnly(story.record, systemActor(at, stage.reference), 'archived'),
    });
  }
}

/** What may be late without anything but a reminder having happened; everything else would have moved the order. */
const onlyReminds = ['dispatch', 'verify', 'contact', 'handle', 'review', 'study'];

/** Alarms that would have rung before today have rung: the worker goes on from here. */
export function windClocks(stage: Stage, stories: readonly Story[]): void {
  for (const { record } of stories) {
    record.clocks = record.clocks.map((row) => {
      let clock = row;
      while (clock.nextAt && clock.nextAt <= stage.today) {
        const isLate = clock.dueAt !== null && clock.dueAt <= stage.today;
        const waits = onlyReminds.includes(clock.kind) || (clock.kind === 'window' && record.inSample === 1);
        if (isLate && !waits) throw new Error(`${record.state} should have moved: ${clock.kind}`);
        const rung = { ...clock, rung: clock.rung + 1 };
        clock = { ...rung, nextAt: nextAlarm(rung, stage.town, record.urgency) };
      }
      return clock;
    });
  }
}
