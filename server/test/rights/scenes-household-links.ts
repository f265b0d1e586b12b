import { ulid } from 'ulid';
import { defaultVisitSettings } from '../../src/rooms/households/visit-settings';
import { LinkRequest, Visit } from '../../src/rooms/households/visit.entity';
import { call, now, write, type Scenes, type Stage } from './stage';

const sql = ({ server }: Stage, text: string, values: (string | Date)[]) =>
  server.world.database.transaction((db) => db.write(text, values));

async function openRequest(stage: Stage): Promise<string> {
  const { households, people, groups } = stage.town;
  const id = ulid();
  const of = { householdId: households.resident, gridId: groups.a1, memberId: people.member.id };
  await write(stage, LinkRequest, [{ id, ...of, personId: people.resident.id, words: null, at: now(stage) }]);
  return id;
}

/** A visit of the member to the resident's household. */
async function visited(stage: Stage): Promise<string> {
  const { households, people, groups, townId } = stage.town;
  const id = ulid();
  const at = now(stage);
  await write(stage, Visit, [
    {
      ...{ id, householdId: households.resident, gridId: groups.a1, townId, memberId: people.member.id },
      ...{ result: 'met', at, recordedAt: at, needs: [], fingerprint: Buffer.alloc(32), changes: 0 },
    },
  ]);
  return id;
}

/** All is linked: whoever applies the plan again changes nothing that others look at. */
async function linked(stage: Stage): Promise<string> {
  const gridId = stage.town.villageA;
  const secretary = stage.town.as('secretary');
  const { base, allows } = await secretary.ok('householdLinks.plan', { body: { gridId } });
  if (allows.length === 0) return base;
  await secretary.ok('householdLinks.apply', { body: { actionId: ulid(), gridId, base } });
  return linked(stage);
}

const record = (stage: Stage) => ({
  ...({
    householdId: stage.town.households.resident,
    result: 'met',
    at: now(stage).toISOString(),
    words: '都好',
  } as const),
});

export const householdLinkScenes = {
  'householdLinks.mine': async () => ({ attempt: (client) => call(client, 'householdLinks.mine', {}) }),
  'householdLinks.askAnother': async (stage) => {
    await sql(stage, 'UPDATE link_request SET settled_at = ? WHERE household_id = ?', [
      now(stage),
      stage.town.households.resident,
    ]);
    return { attempt: (client) => call(client, 'householdLinks.askAnother', { body: { actionId: ulid() } }) };
  },
  'householdLinks.plan': async ({ town }) => ({
    attempt: (client) => call(client, 'householdLinks.plan', { body: { gridId: town.villageA } }),
  }),
  'householdLinks.apply': async (stage) => {
    const base = await linked(stage);
    const body = { gridId: stage.town.villageA, base };
    return { attempt: (client) => call(client, 'householdLinks.apply', { body: { actionId: ulid(), ...body } }) };
  },
  'householdLinks.requests': async (stage) => {
    const id = await openRequest(stage);
    return { attempt: (client) => call(client, 'householdLinks.requests', {}, id) };
  },
  'householdLinks.settleRequest': async (stage) => {
    const requestId = await openRequest(stage);
    const words = '先请李晓峰多来走走';
    return {
      attempt: (client) =>
        call(client, 'householdLinks.settleRequest', { params: { requestId }, body: { actionId: ulid(), words } }),
    };
  },
  'visits.households': async ({ town }) => ({
    attempt: (client) => call(client, 'visits.households', {}, town.households.resident),
  }),
  'visits.household': async ({ town }) => ({
    attempt: (client) => call(client, 'visits.household', { params: { householdId: town.households.resident } }),
  }),
  'visits.mine': async (stage) => {
    const id = await visited(stage);
    return { attempt: (client) => call(client, 'visits.mine', { query: { limit: 100 } }, id) };
  },
  'visits.atHome': async (stage) => {
    await visited(stage);
    return { attempt: (client) => call(client, 'visits.atHome', {}, stage.town.people.member.name) };
  },
  'visits.record': async (stage) => ({
    attempt: (client) => call(client, 'visits.record', { params: { visitId: ulid() }, body: record(stage) }),
  }),
  'visits.change': async (stage) => {
    const visitId = await visited(stage);
    const { result, at, words } = record(stage);
    return {
      attempt: (client) =>
        call(client, 'visits.change', { params: { visitId }, body: { actionId: ulid(), result, at, words } }),
    };
  },
  'visits.figures': async ({ town }) => ({
    attempt: (client) => call(client, 'visits.figures', { query: { gridId: town.villageA } }, town.groups.a1),
  }),
  'visits.overdue': async (stage) => {
    const { households, villageA, people } = stage.town;
    await sql(stage, "UPDATE household_link SET next_due_on = '2026-08-31' WHERE household_id = ?", [
      households.resident,
    ]);
    return { attempt: (client) => call(client, 'visits.overdue', { query: { gridId: villageA } }, people.member.id) };
  },
  'visits.remind': async ({ town }) => ({
    attempt: (client) => call(client, 'visits.remind', { body: { actionId: ulid(), gridId: town.villageA } }),
  }),
  'visits.settings': async ({ town }) => ({
    attempt: (client) => call(client, 'visits.settings', { params: { gridId: town.townId } }),
  }),
  'visits.changeSettings': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'visits.changeSettings', { params: { gridId: town.townId }, body: defaultVisitSettings }),
  }),
  'profile.read': async () => ({ attempt: (client) => call(client, 'profile.read', {}) }),
  'profile.change': async () => ({
    attempt: (client) => call(client, 'profile.change', { body: { nickname: '山里人', pictureId: null } }),
  }),
  'publishedPhone.read': async () => ({ attempt: (client) => call(client, 'publishedPhone.read', {}) }),
  'publishedPhone.change': async () => ({
    attempt: (client) => call(client, 'publishedPhone.change', { body: { shown: true } }),
  }),
} satisfies Scenes;
