import { ulid } from 'ulid';
import { linkTo } from '../../src/foundation/links/links';
import { CareRelation, ProxyConsent } from '../../src/rooms/households/care.entity';
import { Household, HouseholdFlag, HouseholdLink } from '../../src/rooms/households/household.entity';
import { Person } from '../../src/rooms/people/person.entity';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const today = '2026-09-01';

/** Another house of the first group, linked to the member, with one old person in it. */
async function newHouse(stage: Stage): Promise<{ householdId: string; personId: string }> {
  const [householdId, personId] = [ulid(), ulid()];
  const at = now(stage);
  const house = { id: householdId, gridId: stage.town.groups.a1, door: '77号', headPersonId: personId, isHub: 0 };
  await write(stage, Household, [house]);
  await write(stage, Person, [{ id: personId, name: '老人家', householdId, createdAt: at }]);
  await write(stage, HouseholdLink, [
    { id: ulid(), householdId, memberId: stage.town.people.member.id, startsAt: at, endsAt: null },
  ]);
  return { householdId, personId };
}

type HouseAct = 'households.record' | 'households.addFlag' | 'households.setHub';
const atHome =
  (key: HouseAct, bodyFor: (personId: string) => object): MakeScene =>
  async (stage) => {
    const { householdId, personId } = await newHouse(stage);
    return {
      attempt: (client) =>
        call(client, key, { params: { householdId }, body: { actionId: ulid(), ...bodyFor(personId) } } as never),
    };
  };

/** Somebody away asks to care for the resident's house, or does. */
async function caringFor(stage: Stage, state: 'asked' | 'agreed'): Promise<string> {
  const [id, carerId] = [ulid(), ulid()];
  await write(stage, Person, [{ id: carerId, name: '远方儿', createdAt: now(stage) }]);
  await write(stage, CareRelation, [
    {
      ...{ id, carerId, householdId: stage.town.households.resident, state, openMark: 1, kinship: 'child' },
      askedAt: now(stage),
    },
  ]);
  return id;
}

export const householdScenes = {
  'households.list': async ({ town }) => ({
    attempt: (client) => call(client, 'households.list', { query: { limit: 100 } }, town.households.resident),
  }),
  'households.search': async ({ town }) => ({
    attempt: (client) => call(client, 'households.search', { body: { name: '王桂英' } }, town.households.resident),
  }),
  'households.neighbours': async ({ town }) => ({
    attempt: (client) => call(client, 'households.neighbours', {}, town.households.resident),
  }),
  'households.coming': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'households.coming', { body: { actionId: ulid(), phone: town.people.child.phone } }),
  }),
  'households.read': async ({ town }) => ({
    attempt: (client) => call(client, 'households.read', { params: { householdId: town.households.resident } }),
  }),
  'households.reveal': async ({ town }) => ({
    attempt: (client) => {
      const body = { actionId: ulid(), personId: town.people.spouse.id, what: 'phone', purpose: 'contact' } as const;
      return call(client, 'households.reveal', { params: { householdId: town.households.resident }, body });
    },
  }),
  'households.open': async ({ town }) => ({
    attempt: (client) => {
      const params = { householdId: ulid() };
      return call(client, 'households.open', { params, body: { gridId: town.groups.a1, door: '78号' } });
    },
  }),
  'households.saveMember': async (stage) => {
    const { householdId } = await newHouse(stage);
    const body = { name: '小辈', relation: 'child', residence: 'living' } as const;
    return {
      attempt: (client) => call(client, 'households.saveMember', { params: { householdId, personId: ulid() }, body }),
    };
  },
  'households.record': atHome('households.record', (personId) => ({
    kind: 'goAway',
    on: today,
    personIds: [personId],
  })),
  'households.addFlag': atHome('households.addFlag', (personId) => ({
    ...{ flag: 'livesAlone', personId, source: 'visit', since: today },
  })),
  'households.checkFlag': async (stage) => {
    const { householdId, personId } = await newHouse(stage);
    const flagId = ulid();
    await write(stage, HouseholdFlag, [
      {
        ...{ id: flagId, householdId, personId, flag: 'livesAlone', source: 'visit', since: today },
        ...{ checkedUntil: today, addedAt: now(stage) },
      },
    ]);
    return {
      attempt: (client) => {
        const body = { actionId: ulid(), holds: true };
        return call(client, 'households.checkFlag', { params: { householdId, flagId }, body });
      },
    };
  },
  'households.setHub': atHome('households.setHub', (personId) => ({ keeperId: personId })),

  'care.mine': async () => ({ attempt: (client) => call(client, 'care.mine', {}) }),
  'care.ask': async (stage) => {
    const { householdId: thingId } = await newHouse(stage);
    const key = await stage.server.world.database.transaction((db) =>
      linkTo(db, { what: 'home', thingId }, now(stage)),
    );
    return {
      attempt: (client) => call(client, 'care.ask', { body: { actionId: ulid(), key, kinship: 'child' } }),
    };
  },
  'care.answer': async (stage) => {
    const careId = await caringFor(stage, 'asked');
    return {
      attempt: (client) => call(client, 'care.answer', { params: { careId }, body: { actionId: ulid(), agree: true } }),
    };
  },
  'care.end': async (stage) => {
    const careId = await caringFor(stage, 'agreed');
    return { attempt: (client) => call(client, 'care.end', { params: { careId }, body: { actionId: ulid() } }) };
  },

  'proxies.give': async ({ town }) => ({
    attempt: (client) => {
      const body = { personId: town.people.resident.id, how: 'spoken', startsOn: today, endsOn: '2026-12-31' } as const;
      return call(client, 'proxies.give', { params: { proxyId: ulid() }, body });
    },
  }),
  'proxies.revoke': async (stage) => {
    const { people, households } = stage.town;
    const proxyId = ulid();
    await write(stage, ProxyConsent, [
      {
        ...{ id: proxyId, personId: people.resident.id, householdId: households.resident, how: 'spoken' },
        ...{ agentId: people.gridWorker.id, startsOn: today, endsOn: '2026-12-31' },
        ...{ recordedById: people.gridWorker.id, recordedAt: now(stage) },
      },
    ]);
    return {
      attempt: (client) => call(client, 'proxies.revoke', { params: { proxyId }, body: { actionId: ulid() } }),
    };
  },
} satisfies Scenes;
