import { ulid } from 'ulid';
import { check, goodRow, sheetOf, upload } from '../import-sheet';
import { roundIn } from './scenes-commitments';
import { outcomeOfRaw } from './scenes-others';
import { call, outcomeOf, type MakeScene, type Scenes, type Stage } from './stage';

const sheetFor = (year: number) => sheetOf([goodRow({ deadline: `${year}-12-31` })]);

/** What the secretary of village A has uploaded and not yet imported. */
async function importIn(stage: Stage): Promise<string> {
  const { roundId, year } = await roundIn(stage, 'drafting');
  return (await check(stage.town.as('secretary'), roundId, await sheetFor(year))).id;
}

const acting =
  (key: 'imports.apply' | 'imports.submit'): MakeScene =>
  async (stage) => {
    const importId = await importIn(stage);
    return { attempt: (client) => call(client, key, { params: { importId }, body: { actionId: ulid() } }) };
  };

const reading =
  (key: 'imports.read' | 'imports.rows'): MakeScene =>
  async (stage) => {
    const importId = await importIn(stage);
    return { attempt: (client) => call(client, key, { params: { importId } }) };
  };

export const importScenes = {
  'imports.template': async (stage) => {
    const { roundId } = await roundIn(stage, 'drafting');
    const path = `/api/commitment-rounds/${roundId}/import-template`;
    return { attempt: async (client) => outcomeOfRaw(await client.raw('GET', path)) };
  },
  'imports.check': async (stage) => {
    const { roundId, year } = await roundIn(stage, 'drafting');
    const file = await sheetFor(year);
    return { attempt: async (client) => outcomeOf(await upload(client, roundId, file)) };
  },
  'imports.read': reading('imports.read'),
  'imports.rows': reading('imports.rows'),
  'imports.apply': acting('imports.apply'),
  'imports.submit': acting('imports.submit'),
} satisfies Scenes;
