import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import { canDo, stageOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { sweepTemplates, type SweepTemplateCode } from '@sandan/shared/sweeps/sweep-templates';
import { sweepLifecycle, type SweepAction, type SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import { fingerprintOf } from '../foundation/fingerprint';
import { historyRow } from '../foundation/lifecycle/move-row';
import type { History } from '../foundation/outbox/history.entity';
import type { Sweep, SweepPerson, SweepTarget, SweepVisit } from '../rooms/sweeps/sweep.entity';
import type { Home, Inhabitant } from './homes';
import type { Random } from './random';
import type { Stage } from './stage';

const hour = 60 * 60_000;
const day = 24 * hour;
const table: Lifecycle<SweepState, SweepAction> = sweepLifecycle;

/** What stands behind the sweeps of the demo town, and their rows. */
export interface SweepScene {
  stage: Stage;
  random: Random;
  rows: {
    sweeps: Sweep[];
    targets: SweepTarget[];
    visits: SweepVisit[];
    persons: SweepPerson[];
    history: Partial<History>[];
  };
}

interface Planned {
  by: Inhabitant;
  gridId: string;
  at: number;
  days: number;
}

export function planSweep(
  { stage, random, rows }: SweepScene,
  code: SweepTemplateCode,
  { by, gridId, at, days }: Planned,
): Sweep {
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
    ...{ fingerprint: fingerprintOf({ code, at }), held: 0 },
  };
  rows.sweeps.push(sweep);
  note({ stage, random, rows }, sweep, 'set', by, at, null);
  return sweep;
}

/** As the table has it; told long ago, so that nobody finds an old message new. */
export function moveSweep(
  scene: SweepScene,
  sweep: Sweep,
  action: 'start' | 'close',
  by: Inhabitant,
  at: number,
): void {
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
  { stage, random, rows }: SweepScene,
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

export interface Round {
  from: number;
  to: number;
  /** How many of the households somebody has been to. */
  share: number;
}

/** Every household of the village, with its linked member; whoever plays the member has been to none while it goes on. */
export function targetsOf(
  { stage, random, rows }: SweepScene,
  sweep: Sweep,
  { share }: Round,
): { target: SweepTarget; home: Home; isVisited: boolean }[] {
  const demo = stage.population.prepared.member.row.id;
  const memberOf = new Map(stage.population.links.map(({ householdId, memberId }) => [householdId, memberId]));
  return stage.population.homes
    .filter((home) => stage.reference.tree.isWithin(home.row.gridId, sweep.gridId))
    .map((home) => {
      const target = targetOf({ stage, random, rows }, sweep, home, memberOf.get(home.row.id) ?? null);
      rows.targets.push(target);
      const chance = share < 1 && target.holderId === demo ? 0 : share;
      return { target, home, isVisited: target.holderId !== null && random.chance(chance) };
    });
}

const targetOf = ({ stage, random }: SweepScene, sweep: Sweep, home: Home, holderId: string | null): SweepTarget => ({
  ...{ id: random.id(sweep.startedAt ?? sweep.setAt), sweepId: sweep.id, householdId: home.row.id },
  ...{ gridId: home.row.gridId, ...stage.reference.tree.columns(home.row.gridId), people: home.members.length },
  ...{ holderId, formerHolderId: null, state: 'todo', tries: 0, visitId: null, visitedAt: null, late: 0 },
  ...{ peopleMet: 0, findings: 0, additions: 0, orders: 0, version: 1 },
});
