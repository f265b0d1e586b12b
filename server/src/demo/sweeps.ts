import { findingsOf, type Answers, type Question } from '@sandan/shared/sweeps/sweep-form';
import { standingOf } from '@sandan/shared/sweeps/sweep-standing';
import type { VisitResult } from '@sandan/shared/sweeps/sweep.words';
import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { fingerprintOf } from '../foundation/fingerprint';
import { History } from '../foundation/outbox/history.entity';
import type { Said } from '../rooms/sweeps/record.service';
import { sweepClock } from '../rooms/sweeps/sweep-clock';
import { Sweep, SweepPerson, SweepTarget, SweepVisit } from '../rooms/sweeps/sweep.entity';
import { callTheRoll } from './roll-call';
import type { Home } from './homes';
import { insertAll } from './order-rows';
import { demoSite } from './population';
import { createRandom, type Random } from './random';
import type { Stage } from './stage';
import { moveSweep, planSweep, targetsOf, type Round, type SweepScene } from './sweep-scene';

/** A chance of its own: whoever changes sweeps changes nothing else of the town. */
const seed = 20_260_830;
const hour = 60 * 60_000;
const day = 24 * hour;

/**
 * 入户排查 of the demo village: one that is over, one that is under way; a roll-call that is being called, and one of the
 * town that lies ready in case of rain.
 */
export async function writeSweeps(db: Db, stage: Stage): Promise<number> {
  const scene: SweepScene = {
    ...{ stage, random: createRandom(seed) },
    rows: { sweeps: [], targets: [], visits: [], persons: [], history: [] },
  };
  const { village } = demoSite(stage.places);
  const [desk] = stage.holders('deskLead', village.grid.id);
  const dispatcher = stage.population.prepared.dispatcher;
  if (!desk) throw new Error(`${village.grid.name} has nobody at its desk`);
  const now = stage.today.getTime();
  const past = planSweep(scene, 'fire', { by: desk, gridId: village.grid.id, at: now - 40 * day, days: 3 });
  moveSweep(scene, past, 'start', desk, now - 40 * day + hour);
  const over = past.deadline.getTime();
  goRound(scene, past, { from: now - 40 * day + 2 * hour, to: over - hour, share: 1 });
  moveSweep(scene, past, 'close', desk, over + hour);
  const running = planSweep(scene, 'house', { by: desk, gridId: village.grid.id, at: now - day, days: 3 });
  moveSweep(scene, running, 'start', desk, now - day + hour);
  goRound(scene, running, { from: now - day + 2 * hour, to: now - hour, share: 0.45 });
  const rollCall = planSweep(scene, 'evacuation', { by: desk, gridId: village.grid.id, at: now - 3 * hour, days: 1 });
  moveSweep(scene, rollCall, 'start', desk, now - 2.5 * hour);
  callTheRoll(scene, rollCall, { from: now - 2 * hour, to: now - hour / 4, share: 0.7 });
  planSweep(scene, 'evacuation', { by: dispatcher, gridId: stage.places.town.grid.id, at: now - 5 * day, days: 30 });
  await insertAll(db, Sweep, scene.rows.sweeps);
  await insertAll(db, SweepTarget, scene.rows.targets);
  await insertAll(db, SweepVisit, scene.rows.visits);
  await insertAll(db, SweepPerson, scene.rows.persons);
  await insertAll(db, History, scene.rows.history);
  await db.insert(
    DueWork,
    [running, rollCall].map((sweep) => sweepClock(sweep, stage.today)),
  );
  return scene.rows.sweeps.length;
}

/** Every household of the village to its linked member, who goes there, some of them twice. */
function goRound(scene: SweepScene, sweep: Sweep, round: Round): void {
  for (const { target, home, isVisited } of targetsOf(scene, sweep, round))
    if (isVisited) visit(scene, sweep, target, home, round);
}

function visit(scene: SweepScene, sweep: Sweep, target: SweepTarget, home: Home, { from, to }: Round): void {
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

function visitRow({ random }: SweepScene, sweep: Sweep, { target, home, result, at }: Visited): SweepVisit {
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
