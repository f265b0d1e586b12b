import { ulid } from 'ulid';
import type { EndpointKey } from '@sandan/shared/api';
import { stageOf } from '@sandan/shared/lifecycle';
import { sweepLifecycle, type SweepState } from '@sandan/shared/sweeps/sweep.lifecycle';
import { Sweep, SweepTarget } from '../../src/rooms/sweeps/sweep.entity';
import { outcomeOfFile } from './scenes-papers';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const day = 24 * 60 * 60_000;
const later = (stage: Stage): string => new Date(now(stage).getTime() + 3 * day).toISOString();

const plan = (stage: Stage) => ({
  ...{ kind: 'rollCall' as const, title: '防汛转移点名', purpose: '一户一户点到人', orderedBy: '镇防汛办' },
  ...{ gridId: stage.town.villageA, selection: { by: 'all' as const }, deadline: later(stage) },
  places: [{ id: ulid(), name: '村小学', address: '碧塘村小学一楼', capacity: 200 }],
});

/** A roll-call of village A as it stands; the resident's household is the member's to visit. */
async function sweepIn(stage: Stage, state: SweepState) {
  const { town } = stage;
  const sweepId = ulid();
  const tiers = { countyId: town.countyId, townId: town.townId, villageId: town.villageA };
  const { selection, places, deadline, ...rest } = plan(stage);
  await write(stage, Sweep, [
    {
      ...{ ...rest, ...tiers, id: sweepId, groupId: null, state, stage: stageOf(sweepLifecycle, state), version: 1 },
      ...{ selectedBy: selection.by, flags: null, listed: [], namesPeople: 1, questions: [], places },
      ...{ deadline: new Date(deadline), setById: town.people.deskLead.id, setAt: now(stage), startedAt: now(stage) },
      ...{ closedAt: null, fingerprint: Buffer.alloc(32) },
    },
  ]);
  const targetId = ulid();
  await write(stage, SweepTarget, [
    {
      ...{ ...tiers, id: targetId, sweepId, householdId: town.households.resident, gridId: town.groups.a1 },
      ...{ groupId: town.groups.a1, people: 2, holderId: town.people.member.id, state: 'todo' as const },
    },
  ]);
  return { sweepId, targetId };
}

const acting =
  (action: string, state: SweepState, body: (stage: Stage) => object = () => ({})): MakeScene =>
  async (stage) => {
    const { sweepId } = await sweepIn(stage, state);
    const sent = { params: { sweepId }, body: { actionId: ulid(), ...body(stage) } };
    return { attempt: (client) => call(client, `sweeps.${action}` as EndpointKey, sent as never) };
  };

const reading =
  (name: string, shows: (stage: Stage, ids: { sweepId: string; targetId: string }) => string, query = {}): MakeScene =>
  async (stage) => {
    const ids = await sweepIn(stage, 'running');
    const sent = { params: { sweepId: ids.sweepId }, query };
    return { attempt: (client) => call(client, `sweeps.${name}` as EndpointKey, sent as never, shows(stage, ids)) };
  };

const words = { words: '雨停了' };

export const sweepScenes = {
  'sweeps.list': reading('list', (_, { sweepId }) => sweepId),
  'sweeps.preview': async (stage) => ({
    attempt: (client) =>
      call(client, 'sweeps.preview', { body: { gridId: stage.town.villageA, selection: { by: 'all' } } }),
  }),
  'sweeps.set': async (stage) => ({
    attempt: (client) => call(client, 'sweeps.set', { params: { sweepId: ulid() }, body: plan(stage) }),
  }),
  'sweeps.read': reading('read', (_, { sweepId }) => sweepId),
  'sweeps.change': acting('change', 'draft', plan),
  'sweeps.start': async (stage) => {
    const { sweepId } = await sweepIn(stage, 'draft');
    await stage.server.world.database.transaction((db) =>
      db.write('DELETE FROM sweep_target WHERE sweep_id = ?', [sweepId]),
    );
    return {
      attempt: (client) => call(client, 'sweeps.start', { params: { sweepId }, body: { actionId: ulid() } }),
    };
  },
  'sweeps.split': acting('split', 'running'),
  'sweeps.remind': acting('remind', 'running'),
  'sweeps.extend': acting('extend', 'running', (stage) => ({ deadline: later(stage) })),
  'sweeps.close': acting('close', 'running'),
  'sweeps.reopen': acting('reopen', 'closed', (stage) => ({ ...words, deadline: later(stage) })),
  'sweeps.cancel': acting('cancel', 'running', () => words),
  'sweeps.progress': reading('progress', ({ town }) => town.groups.a1),
  'sweeps.rollCall': reading('rollCall', (_, { targetId }) => targetId),
  'sweeps.targets': reading('targets', (_, { targetId }) => targetId),
  'sweeps.holders': async (stage) => {
    const { sweepId } = await sweepIn(stage, 'running');
    const query = { gridId: stage.town.groups.a1 };
    return { attempt: (client) => call(client, 'sweeps.holders', { params: { sweepId }, query }, '李晓峰') };
  },
  'sweeps.mine': reading('mine', (_, { sweepId }) => sweepId),
  'sweeps.round': reading('round', (_, { targetId }) => targetId),
  'sweeps.target': async (stage) => {
    const { targetId } = await sweepIn(stage, 'running');
    return { attempt: (client) => call(client, 'sweeps.target', { params: { targetId } }) };
  },
  'sweeps.record': async (stage) => {
    const { targetId } = await sweepIn(stage, 'running');
    const body = { result: 'notHome' as const, visitedAt: now(stage).toISOString() };
    return {
      attempt: (client) => call(client, 'sweeps.record', { params: { targetId, visitId: ulid() }, body }),
    };
  },
  'sweeps.export': async (stage) => {
    const { sweepId } = await sweepIn(stage, 'running');
    return { attempt: (client) => call(client, 'sweeps.export', { params: { sweepId }, body: {} }) };
  },
  'sweeps.openPaper': async (stage) => {
    const { sweepId } = await sweepIn(stage, 'running');
    const { address } = await stage.town.as('deskLead').ok('sweeps.export', { params: { sweepId }, body: {} });
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', address)) };
  },
  'sweeps.openPaper forged': async (stage) => {
    const { sweepId } = await sweepIn(stage, 'running');
    const { address } = await stage.town.as('deskLead').ok('sweeps.export', { params: { sweepId }, body: {} });
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', address.replace('sig=', 'sig=A'))) };
  },
} satisfies Scenes;
