import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { RoleGrant } from '../../src/foundation/access/access.entity';
import { strangeCode } from '../strangers';
import { outcomeOfRaw } from './scenes-others';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const reason = '换届选举';

/** Somebody of village A who holds nothing but the helper's post. */
async function somebody({ town }: Stage): Promise<string> {
  const [person] = await town.moreMembers(1);
  return person?.id ?? '';
}

/** 网格员 of the first group of village A. */
export async function postOf(stage: Stage): Promise<string> {
  const [id, personId] = [ulid(), await somebody(stage)];
  const startsAt = new Date(now(stage).getTime() - 60_000);
  await write(stage, RoleGrant, [
    { id, personId, role: 'gridWorker', kind: null, tree: 'grid', nodeId: stage.town.groups.a1, startsAt },
  ]);
  return id;
}

/** Another post of the desk lead, so that each scene has its own. */
async function deskPost(stage: Stage): Promise<string> {
  const id = ulid();
  const startsAt = new Date(now(stage).getTime() - 60_000);
  const personId = stage.town.people.deskLead.id;
  await write(stage, RoleGrant, [
    { id, personId, role: 'villageLiaison', kind: null, tree: 'grid', nodeId: stage.town.villageA, startsAt },
  ]);
  return id;
}
const inDays = (stage: Stage, days: number): string =>
  new Date(now(stage).getTime() + days * 24 * 60 * 60_000).toISOString();

const switching =
  (key: 'posts.disable' | 'posts.enable'): MakeScene =>
  async (stage) => {
    const personId = await somebody(stage);
    return { attempt: (client) => call(client, key, { params: { personId }, body: { actionId: ulid(), reason } }) };
  };

const treeNode = ({ town }: Stage) => ({ tree: 'grid' as const, nodeId: town.villageA });
const phone = { kind: 'phone' as const, dutyPhone: `0753-${Math.floor(Math.random() * 1e6)}` };

/** 换届 of a group lead of a group of its own, prepared by the administrator; `applied`: its time has come. */
async function handoverIn(stage: Stage, applied = false): Promise<string> {
  const { town } = stage;
  const [nodeId, handoverId, postId] = [ulid(), ulid(), ulid()];
  const code = strangeCode();
  const admin = town.as('admin');
  await admin.ok('trees.add', {
    params: { tree: 'grid', nodeId },
    body: { parentId: town.villageA, name: '新组', code, reason },
  });
  const post = {
    personId: await somebody(stage),
    role: 'smallGridLead',
    tree: 'grid',
    nodeId,
    openReason: reason,
  } as const;
  await admin.ok('posts.give', { params: { postId }, body: post });
  const effectiveAt = now(stage).toISOString();
  const body = { tree: 'grid', nodeId, kind: 'election', effectiveAt } as const;
  const posts = [{ postId, successorId: null }];
  await admin.ok('handovers.prepare', { params: { handoverId }, body: { ...body, posts } });
  if (applied) await untilApplied(stage, handoverId);
  return handoverId;
}

/** Scenes run beside each other: another's drain may have this handover in hand when ours finds nothing left. */
async function untilApplied({ town, server }: Stage, handoverId: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    await server.drain(town.townId);
    const { state } = await town.as('admin').ok('handovers.read', { params: { handoverId } });
    if (state === 'applied') return;
    await pause(20);
  }
  throw new Error(`Handover ${handoverId} was not applied`);
}

const onHandover =
  (key: 'handovers.cancel' | 'handovers.undo', applied: boolean): MakeScene =>
  async (stage) => {
    const params = { handoverId: await handoverIn(stage, applied) };
    return { attempt: (client) => call(client, key, { params, body: { actionId: ulid() } }) };
  };

export const postScenes = {
  'handovers.list': async () => ({ attempt: (client) => call(client, 'handovers.list', {}) }),
  'handovers.read': async (stage) => {
    const params = { handoverId: await handoverIn(stage) };
    return { attempt: (client) => call(client, 'handovers.read', { params }) };
  },
  'handovers.prepare': async (stage) => {
    const [nodeId, postId] = [ulid(), ulid()];
    const code = strangeCode();
    const admin = stage.town.as('admin');
    const added = { parentId: stage.town.villageA, name: '新组', code, reason };
    await admin.ok('trees.add', { params: { tree: 'grid', nodeId }, body: added });
    const post = {
      personId: await somebody(stage),
      role: 'gridWorker',
      tree: 'grid',
      nodeId,
      openReason: reason,
    } as const;
    await admin.ok('posts.give', { params: { postId }, body: post });
    const body = { tree: 'grid', nodeId, kind: 'transfer', effectiveAt: inDays(stage, 3) } as const;
    const posts = [{ postId, successorId: null }];
    return {
      attempt: (client) =>
        call(client, 'handovers.prepare', { params: { handoverId: ulid() }, body: { ...body, posts } }),
    };
  },
  'handovers.cancel': onHandover('handovers.cancel', false),
  'handovers.undo': onHandover('handovers.undo', true),
  'handovers.paper': async (stage) => {
    const handoverId = await handoverIn(stage);
    return {
      attempt: async (client) => outcomeOfRaw(await client.raw('GET', `/api/handovers/${handoverId}/paper`)),
    };
  },
  'trees.outline': async ({ town }) => ({
    attempt: (client) => call(client, 'trees.outline', { params: { tree: 'grid' } }, town.villageA),
  }),
  'trees.node': async (stage) => ({
    attempt: (client) => call(client, 'trees.node', { params: treeNode(stage) }),
  }),
  'trees.staff': async ({ town }) => ({
    attempt: (client) => call(client, 'trees.staff', { params: { nodeId: town.villageA } }),
  }),
  'trees.add': async ({ town }) => {
    const code = strangeCode();
    const body = { parentId: town.villageA, name: '新村组', code, reason };
    return { attempt: (client) => call(client, 'trees.add', { params: { tree: 'grid', nodeId: ulid() }, body }) };
  },
  'trees.preview': async (stage) => ({
    attempt: (client) => call(client, 'trees.preview', { params: treeNode(stage), body: { change: phone } }),
  }),
  'trees.change': async (stage) => ({
    attempt: (client) =>
      call(client, 'trees.change', { params: treeNode(stage), body: { actionId: ulid(), change: phone, reason } }),
  }),
  'trees.cancel': async (stage) => {
    const changeId = ulid();
    const effectiveOn = new Date(now(stage).getTime() + 40 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const body = { actionId: changeId, change: phone, reason, effectiveOn };
    await stage.town.as('admin').ok('trees.change', { params: treeNode(stage), body });
    return {
      attempt: (client) => call(client, 'trees.cancel', { params: { changeId }, body: { actionId: ulid() } }),
    };
  },
  'posts.search': async ({ town }) => {
    // By his phone: every town of the tests has somebody of this name.
    const { id, phone } = town.people.member;
    return { attempt: (client) => call(client, 'posts.search', { body: { q: phone } }, id) };
  },
  'posts.person': async ({ town }) => {
    const { id: personId } = town.people.member;
    return { attempt: (client) => call(client, 'posts.person', { params: { personId } }) };
  },
  'posts.choices': async ({ town }) => {
    const params = { tree: 'grid' as const, nodeId: town.groups.a1 };
    return { attempt: (client) => call(client, 'posts.choices', { params }, 'gridWorker') };
  },
  'posts.give': async (stage) => {
    const personId = await somebody(stage);
    const post = { personId, role: 'smallGridLead', tree: 'grid', nodeId: stage.town.groups.a1 } as const;
    const body = { ...post, openReason: '未定任期' };
    return { attempt: (client) => call(client, 'posts.give', { params: { postId: ulid() }, body }) };
  },
  'posts.end': async (stage) => {
    const params = { postId: await postOf(stage) };
    return { attempt: (client) => call(client, 'posts.end', { params, body: { actionId: ulid(), reason } }) };
  },
  'posts.delegations': async () => ({ attempt: (client) => call(client, 'posts.delegations', {}) }),
  'posts.candidates': async (stage) => {
    const params = { postId: await deskPost(stage) };
    return { attempt: (client) => call(client, 'posts.candidates', { params }) };
  },
  'posts.delegate': async (stage) => {
    const [postId, delegationId] = [await deskPost(stage), ulid()];
    const body = { postId, personId: stage.town.people.deskLead2.id, until: inDays(stage, 3) };
    return { attempt: (client) => call(client, 'posts.delegate', { params: { delegationId }, body }) };
  },
  'posts.endDelegation': async (stage) => {
    const [postId, delegationId] = [await deskPost(stage), ulid()];
    const startsAt = now(stage);
    const endsAt = new Date(startsAt.getTime() + 24 * 60 * 60_000);
    const { deskLead, deskLead2 } = stage.town.people;
    const borrowed = { behalfOfId: deskLead.id, behalfPostId: postId, role: 'villageLiaison', tree: 'grid' } as const;
    const nodeId = stage.town.villageA;
    await write(stage, RoleGrant, [
      { id: delegationId, personId: deskLead2.id, nodeId, startsAt, endsAt, ...borrowed },
    ]);
    const sent = { params: { delegationId }, body: { actionId: ulid() } };
    return { attempt: (client) => call(client, 'posts.endDelegation', sent) };
  },
  'posts.disable': switching('posts.disable'),
  'posts.enable': switching('posts.enable'),
} satisfies Scenes;
