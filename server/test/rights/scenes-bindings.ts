import { ulid } from 'ulid';
import { BindingRequest } from '../../src/rooms/people/binding.entity';
import { Person, WechatAccount } from '../../src/rooms/people/person.entity';
import type { Client } from '../client';
import type { Outcome } from './matrix';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const someone = async (stage: Stage, more: Partial<Person> = {}): Promise<string> => {
  const id = ulid();
  await write(stage, Person, [{ id, name: '新邻居0002', createdAt: now(stage), ...more }]);
  return id;
};

/** A newcomer's request in the first group; `post`: he is somebody with a post there. */
async function requestIn(stage: Stage, given: Partial<BindingRequest> = {}): Promise<string> {
  const { town } = stage;
  const id = ulid();
  const personId = given.personId ?? (await someone(stage));
  const line = { countyId: town.countyId, townId: town.townId, villageId: town.villageA, groupId: town.groups.a1 };
  await write(stage, BindingRequest, [
    {
      ...{ id, personId, waitingId: given.personId ? null : personId, kind: 'said', state: 'waiting', stage: 'open' },
      ...{ version: 1, gridId: town.groups.a1, ...line, saidHead: '王桂英', door: '12号', askedAt: now(stage) },
      ...given,
    },
  ]);
  return id;
}

const deciding =
  (key: 'bindings.confirm' | 'bindings.refuse', body: (stage: Stage) => Promise<object>): MakeScene =>
  async (stage) => {
    const bindingId = await requestIn(stage);
    const more = await body(stage);
    return {
      attempt: (client) => call(client, key, { params: { bindingId }, body: { actionId: ulid(), ...more } } as never),
    };
  };

/** Everybody has come through WeChat, and presses its phone button for the number he has. */
const pressing =
  (press: (client: Client, code: (phone: string) => Promise<string>, phone: string) => Promise<Outcome>): MakeScene =>
  async (stage) => ({
    attempt: async (client, person) => {
      if (person === 'nobody') return press(client, async () => 'no code', '15400000001');
      const { id: personId, phone } = stage.town.people[person];
      const openid = `at-the-button-${personId}`;
      const account = { openid, personId, unionid: null, createdAt: now(stage) };
      await stage.server.world.database.transaction((db) => db.upsert(WechatAccount, [account], ['personId']));
      return press(client, (number) => stage.server.wechat.issuePhoneCode(openid, number), phone);
    },
  });

export const bindingScenes = {
  'bindings.demoPhone': pressing((client, _, phone) => call(client, 'bindings.demoPhone', { body: { phone } })),
  'bindings.mine': async () => ({ attempt: (client) => call(client, 'bindings.mine', {}) }),
  'bindings.phone': pressing(async (client, code, phone) =>
    call(client, 'bindings.phone', { body: { actionId: ulid(), code: await code(phone) } }),
  ),
  'bindings.door': async () => ({ attempt: (client) => call(client, 'bindings.door', { body: { key: 'a-key' } }) }),
  'bindings.choose': async () => ({
    attempt: (client) => call(client, 'bindings.choose', { body: { actionId: ulid(), personId: null } }),
  }),
  'bindings.ask': async ({ town }) => ({
    attempt: (client) => {
      const body = { actionId: ulid(), gridId: town.groups.a1, headName: '王桂英', door: '12号' };
      return call(client, 'bindings.ask', { body });
    },
  }),
  'bindings.withdraw': async (stage) => {
    const bindingId = await requestIn(stage, { personId: stage.town.people.resident.id });
    return {
      attempt: (client) => call(client, 'bindings.withdraw', { params: { bindingId }, body: { actionId: ulid() } }),
    };
  },
  // What waits behind the entries of the desk: here a newcomer who wants to be known.
  'boards.waiting': async (stage) => {
    // Those of posts, which other scenes have left behind, wait for the level above.
    await stage.server.world.database.transaction((db) =>
      db.write("DELETE FROM binding_request WHERE county_id = ? AND kind = 'post'", [stage.town.countyId]),
    );
    await requestIn(stage);
    return { attempt: (client) => call(client, 'boards.waiting', {}, /"bindings":[1-9]/) };
  },
  'bindings.list': async (stage) => {
    const bindingId = await requestIn(stage);
    return { attempt: (client) => call(client, 'bindings.list', { query: { limit: 100 } }, bindingId) };
  },
  'bindings.read': async (stage) => {
    const bindingId = await requestIn(stage);
    return { attempt: (client) => call(client, 'bindings.read', { params: { bindingId } }) };
  },
  'bindings.confirm': deciding('bindings.confirm', async (stage) => ({
    personId: await someone(stage, { householdId: stage.town.households.resident }),
    proof: 'idCard',
  })),
  'bindings.family': async (stage) => {
    const bindingId = await requestIn(stage, { householdId: stage.town.households.resident });
    return { attempt: (client) => call(client, 'bindings.family', {}, bindingId) };
  },
  'bindings.vouch': async (stage) => {
    const householdId = stage.town.households.resident;
    const [bindingId, personId] = [await requestIn(stage, { householdId }), await someone(stage, { householdId })];
    const body = { actionId: ulid(), personId };
    return { attempt: (client) => call(client, 'bindings.vouch', { params: { bindingId }, body }) };
  },
  'bindings.doubt': async (stage) => {
    const bindingId = await requestIn(stage, { householdId: stage.town.households.resident });
    const body = { actionId: ulid() };
    return { attempt: (client) => call(client, 'bindings.doubt', { params: { bindingId }, body }) };
  },
  'bindings.approve': async (stage) => {
    const { town } = stage;
    // Not one more party member: other scenes look for theirs in short lists.
    const targetId = await someone(stage);
    const bindingId = await requestIn(stage, {
      ...{ kind: 'post', state: 'waitingAbove', stage: 'working', targetId },
      ...{ aboveCountyId: town.countyId, aboveTownId: town.townId, aboveVillageId: town.villageA },
    });
    return {
      attempt: (client) => call(client, 'bindings.approve', { params: { bindingId }, body: { actionId: ulid() } }),
    };
  },
  'bindings.refuse': deciding('bindings.refuse', async () => ({ words: '没有这个人' })),
} satisfies Scenes;
