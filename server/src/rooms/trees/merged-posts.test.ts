import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown } from '../../../test/town';

/** 合并: what becomes of the posts of the village that is closed. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('each post that goes along, or ends because its holder has the same one there, is in the audit by itself', async () => {
  const town = await buildTown(server);
  const { villageA, villageB, people } = town;
  const query = <Row>(sql: string, values: (string | string[])[]) =>
    server.world.database.reading.query<Row>(sql, values);
  const before = await query<{ id: string }>('SELECT id FROM role_grant WHERE node_id = ?', [villageB]);
  const body = { actionId: ulid(), change: { kind: 'merge' as const, intoId: villageB }, reason: '县里批复' };
  await town.as('admin').ok('trees.change', { params: { tree: 'grid', nodeId: villageA }, body });
  const acts = await query<{ act: string; personId: string; facts: unknown }>(
    `SELECT act, person_id AS personId, facts FROM audit_entry WHERE act IN ('passPost', 'endPost') AND town_id = ?`,
    [town.townId],
  );
  const [passed] = await query<{ posts: number }>(
    'SELECT COUNT(*) AS posts FROM role_grant WHERE node_id = ? AND end_reason IS NULL AND id NOT IN (?)',
    [villageB, before.map(({ id }) => id)],
  );
  expect(acts.filter(({ act }) => act === 'passPost')).toHaveLength(Number(passed?.posts));
  expect(Number(passed?.posts)).toBeGreaterThan(1);
  expect(acts.every(({ personId }) => personId === people.admin.id)).toBe(true);
  expect(JSON.stringify(acts)).toContain(villageA);
});
