import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import { sweepTemplates, type SweepTemplateCode } from '@sandan/shared/sweeps/sweep-templates';
import { findingsOf, type Answers, type Question } from '@sandan/shared/sweeps/sweep-form';
import { standingOf } from '@sandan/shared/sweeps/sweep-standing';
import { sweepLifecycle, type SweepAction, type SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import type { VisitResult } from '@sandan/shared/sweeps/sweep.words';
import { canDo, stageOf, type Lifecycle } from '@sandan/shared/lifecycle';
import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { fingerprintOf } from '../foundation/fingerprint';
import { historyRow } from '../foundation/lifecycle/move-row';
import { History } from '../foundation/outbox/history.entity';
import type { Said } from '../rooms/sweeps/record.service';
import { sweepClock } from '../rooms/sweeps/sweep-clock';
import { Sweep, SweepTarget, SweepVisit } from '../rooms/sweeps/sweep.entity';
import type { Home, Inhabitant } from './homes';
import { insertAll } from './order-rows';
import { demoSite } from './population';
import { createRandom, type Random } from './random';
import type { Stage } from './stage';

/** A chance of its own: whoever changes sweeps changes nothing else of the town. */
const seed = 20_260_830;
const hour = 60 * 60_000;
const day = 24 * hour;
const table: Lifecycle<SweepState, SweepAction> = sweepLifecycle;

interface Scene {
  stage: Stage;
  random: Random;
  rows: { sweeps: Sweep[]; targets: SweepTarget[]; visits: SweepVisit[]; history: Partial<History>[] };
}

/** 入户排查 of the demo village: one that is over, one that is under way; and a roll-call that lies ready in case of rain. */
export async function writeSweeps(db: Db, stage: Stage): Promise<number> {
  const scene: Scene = {
    ...{ stage, random: createRandom(seed) },
    rows: { sweeps: [], targets: [], visits: [], history: [] },
  };
  const { village } = demoSite(stage.places);
  const [desk] = stage.holders('deskLead', village.grid.id);
  const dispatcher = stage.population.prepared.dispatcher;
  if (!desk) throw new Error(`${village.grid.name} has nobody at its desk`);
  const now = stage.today.getTime();
  const past = plan(scene, 'fire', { by: desk, gridId: village.grid.id, at: now - 40 * day, days: 3 });
  move(scene, past, 'start', desk, now - 40 * day + hour);
  const over = past.deadline.getTime();
  goRound(scene, past, { from: now - 40 * day + 2 * hour, to: over - hour, share: 1 });
  move(scene, past, 'close', desk, over + hour);
  const running = plan(scene, 'house', { by: desk, gridId: village.grid.id, at: now - day, days: 3 });
  move(scene, running, 'start', desk, now - day + hour);
  goRound(scene, running, { from: now - day + 2 * hour, to: now - hour, share: 0.45 });
  plan(scene, 'evacuation', { by: dispatcher, gridId: stage.places.town.grid.id, at: now - 5 * day, days: 30 });
  await insertAll(db, Sweep, scene.rows.sweeps);
  await insertAll(db, SweepTarget, scene.rows.targets);
  await insertAll(db, SweepVisit, scene.rows.visits);
  await insertAll(db, History, scene.rows.history);
  await db.insert(DueWork, [sweepClock(running, stage.today)]);
  return scene.rows.sweeps.length;
}

interface Planned {
  by: Inhabitant;
  gridId: string;
  at: number;
  days: number;
}

function plan({ stage, random, rows }: Scene, code: SweepTemplateCode, { by, gridId, at, days }: Planned): Sweep {
  const { kind, name, purpose, namesPeople, questions } = sweepTemplates[code];
  const setAt = new Date(at);
  const place = (title: string, address: string, capacity: number) => ({
    ...{ id: random.id(setAt), name: title, address, capacity, dutyPhone: '0713-5550110' },
  });
  const places =
    kind === 'rollCall' ? [place('镇中心小学', '教学楼一、二楼', 600), place('镇文化站', '一楼大厅', 150)] : [];
  const sweep: Sweep = {
    ...{ id: random.id(setAt), kind, title: name, purpose, orderedBy: kind === 'rollCall' ? '镇防汛办' : '镇安办' },
    ...{ gridId, ...stage.reference.tree.columns(gridId), state: 'draft', stage: 'open', version: 1, places },
    ...{ selectedBy: 'all', flags: null, listed: [], namesPeople: namesPeople ? 1 : 0, questions },
    ...{
      deadline: new Date(startOfChinaDay(chinaDay(at + days * day)) + 18 * hour),
      setById: by.row.id,
      setAt,
      startedAt: null,
      closedAt: null,
    },
    fingerprint: fingerprintOf({ code, at }),
  };
  rows.sweeps.push(sweep);
  note({ stage, random, rows }, sweep, 'set', by, at, null);
  return sweep;
}

/** As the table has it; told long ago, so that nobody finds an old message new. */
function move(scene: Scene, sweep: Sweep, action: 'start' | 'close', by: Inhabitant, at: number): void {
  if (!canDo(table, action, sweep.state)) throw new Error(`${sweep.title} cannot ${action}`);
  const from = sweep.state;
  sweep.state = action === 'start' ? 'running' : 'closed';
  sweep.stage = stageOf(table, sweep.state);
  note(scene, sweep, action, by, at, from);
  sweep.version += 1;
  if (action === 'start') sweep.startedAt = new Date(at);
  else sweep.closedAt = new Date(at);
}

function note(
  { stage, random, rows }: Scene,
  sweep: Sweep,
  action: SweepAction,
  by: Inhabitant,
  at: number,
  from: SweepState | null,
): void {
  const when = new Date(at);
  const row = historyRow(
    {
      ...{ caller: stage.caller(by, when), actionId: random.id(when), thing: 'sweep' as const, action },
      record: { ...sweep, version: from === null ? 0 : sweep.version },
    },
    { from, to: sweep.state, words: null, facts: null },
  );
  rows.history.push({ ...row, fannedOutAt: when });
}

interface Round {
  from: number;
  to: number;
  /** How many of the households somebody has been to. */
  share: number;
}

/** Every household of the village to its linked member, who goes there, some of them twice. */
function goRound(scene: Scene, sweep: Sweep, round: Round): void {
  const { stage, random, rows } = scene;
  const demo = stage.population.prepared.member.row.id;
  const memberOf = new Map(stage.population.links.map(({ householdId, memberId }) => [householdId, memberId]));
  for (const home of stage.population.homes) {
    if (!stage.reference.tree.isWithin(home.row.gridId, sweep.gridId)) continue;
    const target = targetOf(scene, sweep, home, memberOf.get(home.row.id) ?? null);
    rows.targets.push(target);
    // Whoever plays the member still has some doors to go to.
    const share = round.share < 1 && target.holderId === demo ? 0 : round.share;
    if (target.holderId !== null && random.chance(share)) visit(scene, sweep, target, home, round);
  }
}

const targetOf = ({ stage, random }: Scene, sweep: Sweep, home: Home, holderId: string | null): SweepTarget => ({
  ...{ id: random.id(sweep.startedAt ?? sweep.setAt), sweepId: sweep.id, householdId: home.row.id },
  ...{ gridId: home.row.gridId, ...stage.reference.tree.columns(home.row.gridId), people: home.members.length },
  ...{ holderId, formerHolderId: null, state: 'todo', tries: 0, visitId: null, visitedAt: null, late: 0 },
  ...{ peopleMet: 0, findings: 0, additions: 0, orders: 0, version: 1 },
});

function visit(scene: Scene, sweep: Sweep, target: SweepTarget, home: Home, { from, to }: Round): void {
  const { random, rows } = scene;
  const results: VisitResult[] = random.chance(0.18) ? ['notHome'] : [];
  const last = random.weighted<VisitResult>([
    ...([
      ['met', 90],
      ['notHome', 6],
      ['refused', 2],
      ['notFound', 2],
    ] as const),
  ]);
  const times = [...results, last].map(() => random.between(from, to)).sort((one, other) => one - other);
  const visits = [...results, last].map((result, index) =>
    visitRow(scene, sweep, { target, home, result, at: new Date(times[index] ?? to) }),
  );
  rows.visits.push(...visits);
  const standing = standingOf(visits.map((each) => ({ ...each, visitedAt: each.visitedAt.getTime() })));
  const counts = visits.find(({ id }) => id === standing.visitId);
  Object.assign(target, {
    ...{ state: standing.state, tries: standing.tries, visitId: standing.visitId },
    ...{ visitedAt: counts?.visitedAt ?? null, late: counts?.late ?? 0 },
    ...{ peopleMet: counts?.peopleMet ?? 0, findings: counts?.findings ?? 0 },
  });
}

interface Visited {
  target: SweepTarget;
  home: Home;
  result: VisitResult;
  at: Date;
}

function visitRow({ random }: Scene, sweep: Sweep, { target, home, result, at }: Visited): SweepVisit {
  const answers = result === 'met' ? answersBy(random, sweep.questions, home) : {};
  const said: Said = { answers, persons: [], confirmedIds: [], additions: null, words: null };
  return {
    ...{ id: random.id(at), sweepId: sweep.id, targetId: target.id, byId: target.holderId ?? sweep.setById, result },
    ...{ visitedAt: at, recordedAt: at, late: at > sweep.deadline ? 1 : 0, additions: 0 },
    peopleMet: result === 'met' ? Math.max(1, home.members.length - random.int(0, 1)) : null,
    findings: findingsOf(sweep.questions, answers).length,
    said: JSON.stringify(said),
    fingerprint: fingerprintOf({ targetId: target.id, at: at.getTime() }),
  };
}

/** Mostly in order; one in twelve has something that wants mending. */
function answersBy(random: Random, questions: readonly Question[], home: Home): Answers {
  const isWrong = random.chance(0.08);
  const wrong = isWrong ? random.pick(questions.filter(({ categoryId }) => categoryId !== undefined)).id : null;
  return Object.fromEntries(
    questions.flatMap((question): [string, boolean | number | string][] => {
      const found = question.id === wrong;
      if (question.kind === 'yesNo') return [[question.id, found === (question.finding ?? true)]];
      if (question.kind === 'choice') {
        const [bad] = question.findings ?? [];
        return [[question.id, found && bad ? bad : (question.options[0] ?? '')]];
      }
      return question.kind === 'number' ? [[question.id, home.members.length]] : [];
    }),
  );
}
