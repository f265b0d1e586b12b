import { ulid } from 'ulid';
import { sheetOf, upload, type Cells } from '../roster-files';
import { outcomeOfRaw } from './scenes-others';
import { call, outcomeOf, type MakeScene, type Scenes, type Stage } from './stage';

/** A household that may come in, and one that has a mistake. */
const good: Cells = { 户号: '0001', 网格编码: '', 姓名: '周阿婆', 与户主关系: '户主' };
const wrong: Cells = { ...good, 手机号: '12' };

/** What the administrator has uploaded: checked, and waiting. */
async function importIn({ town, server }: Stage, row: Cells): Promise<string> {
  const sql = 'SELECT code FROM grid WHERE id = ?';
  const [grid] = await server.world.database.reading.query<{ code: string }>(sql, [town.groups.a1]);
  const file = await sheetOf([{ ...row, 网格编码: grid?.code ?? '' }]);
  const { data, problem } = await upload(town.as('admin'), file, { gridId: town.countyId });
  if (!data) throw new Error(`the roster was refused: ${problem?.code}`);
  await server.world.background.settled();
  return data.id;
}

const pressing =
  (key: 'rosters.apply' | 'rosters.recheck' | 'rosters.cancel' | 'rosters.errors', row = good): MakeScene =>
  async (stage) => {
    const importId = await importIn(stage, row);
    return { attempt: (client) => call(client, key, { params: { importId }, body: { actionId: ulid() } }) };
  };

export const rosterScenes = {
  'rosters.kinds': async () => ({ attempt: (client) => call(client, 'rosters.kinds', {}) }),
  'rosters.template': async () => ({
    attempt: async (client) => outcomeOfRaw(await client.raw('GET', '/api/rosters/households/template')),
  }),
  'rosters.upload': async ({ town }) => {
    const file = await sheetOf([good]);
    return { attempt: async (client) => outcomeOf(await upload(client, file, { gridId: town.countyId })) };
  },
  'rosters.list': async () => ({ attempt: (client) => call(client, 'rosters.list', {}) }),
  'rosters.read': async (stage) => {
    const importId = await importIn(stage, good);
    return { attempt: (client) => call(client, 'rosters.read', { params: { importId } }) };
  },
  'rosters.units': async (stage) => {
    const importId = await importIn(stage, good);
    const sent = { params: { importId }, query: { standing: 'added' as const } };
    return { attempt: (client) => call(client, 'rosters.units', sent, '周') };
  },
  'rosters.apply': pressing('rosters.apply'),
  'rosters.recheck': pressing('rosters.recheck'),
  'rosters.cancel': pressing('rosters.cancel'),
  'rosters.errors': pressing('rosters.errors', wrong),
  // An address that nobody has signed opens nothing, whoever asks.
  'rosters.openErrors': async (stage) => {
    const importId = await importIn(stage, wrong);
    const path = `/api/roster-errors/${importId}/${stage.town.people.admin.id}?until=9999999999&key=a&sig=AAAA`;
    return { attempt: async (client) => outcomeOfRaw(await client.raw('GET', path)) };
  },
} satisfies Scenes;
