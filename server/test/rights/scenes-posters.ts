import { ulid } from 'ulid';
import { outcomeOfFile } from './scenes-papers';
import { call, type MakeScene, type Scenes, type Stage } from './stage';

const posterOf = (stage: Stage, gridId: string) =>
  stage.town.as('deskLead').ok('posters.poster', { params: { gridId }, query: { what: 'grid' } });

/** By the address that the desk was given; `forged`: its signature on the poster of another group. */
const opening =
  (forged: boolean): MakeScene =>
  async (stage) => {
    const { address } = await posterOf(stage, stage.town.groups.a1);
    const other = await posterOf(stage, stage.town.groups.a2);
    const path = forged ? `${other.address.split('?')[0]}?${address.split('?')[1]}` : address;
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', path)) };
  };

/** 码和海报 of the first group, and the plate of a house in it. */
export const posterScenes = {
  'posters.at': async ({ town }) => ({
    attempt: (client) => call(client, 'posters.at', { params: { gridId: town.groups.a1 } }),
  }),
  'posters.poster': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'posters.poster', { params: { gridId: town.groups.a1 }, query: { what: 'grid' } }),
  }),
  'posters.plates': async ({ town }) => ({
    attempt: (client) => call(client, 'posters.plates', { params: { gridId: town.groups.a1 }, body: { part: 1 } }),
  }),
  'posters.plate': async ({ town }) => ({
    attempt: (client) => call(client, 'posters.plate', { params: { householdId: town.households.resident } }),
  }),
  'posters.replace': async ({ town }) => ({
    attempt: (client) => {
      const params = { householdId: town.households.resident };
      return call(client, 'posters.replace', { params, body: { actionId: ulid() } });
    },
  }),
  'posters.replacePlace': async ({ town }) => ({
    attempt: (client) => {
      const body = { actionId: ulid(), what: 'grid' as const };
      return call(client, 'posters.replacePlace', { params: { gridId: town.groups.a1 }, body });
    },
  }),
  'posters.open': opening(false),
  'posters.open forged': opening(true),
} satisfies Scenes;
