import { startTestServer, type TestServer } from '../../../../test/server';
import { makeTally } from './tally';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const seen = (errcode: number, rid: string | null = null) =>
  ({ call: 'msgSecCheck', outcome: 'busy', errcode, rid, address: null, seconds: 0.1 }) as const;
const count = { call: () => undefined, push: () => undefined };
const rows = () =>
  server.world.database.reading.query<{ errcode: number; times: number; rid: string | null }>(
    'SELECT errcode, times, last_rid AS rid FROM wechat_tally ORDER BY errcode',
  );

test('what is counted while the database is away is written down when it is back', async () => {
  const { database, log } = server.world;
  let isAway = true;
  const transaction: typeof database.transaction = (work) =>
    isAway ? Promise.reject(new Error('away')) : database.transaction(work);
  const tally = makeTally({ database: { ...database, transaction }, clock: server.clock, log, count });
  tally.call(seen(-1, 'rid-1'));
  tally.call(seen(45011));
  await expect(tally.flush()).rejects.toThrow('away');
  tally.call(seen(-1));
  await expect(tally.flush()).rejects.toThrow('away');
  isAway = false;
  await tally.flush();
  await tally.flush();
  expect(await rows()).toEqual([
    { errcode: -1, times: 2, rid: 'rid-1' },
    { errcode: 45011, times: 1, rid: null },
  ]);
});
