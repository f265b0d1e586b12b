import { ulid } from 'ulid';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 党组织的变动: whatever is moved where, what is kept of it stays true. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const reason = '上级批复';
const query = <Row>(sql: string) => server.world.database.reading.query<Row>(sql, [town.branches.committee]);
const move = (nodeId: string, parentId: string) =>
  town.as('admin').call('trees.change', {
    ...{ params: { tree: 'party', nodeId }, body: { actionId: ulid(), change: { kind: 'move', parentId }, reason } },
  });

test('whatever moves, the organisations stay a tree and party_ancestor its closure', async () => {
  let seed = 7;
  const dice = (sides: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % sides;
  const ids = [town.branches.a, town.branches.b];
  let moved = 0;
  for (let step = 0; step < 24; step += 1) {
    const parentId = [...ids, town.branches.committee][dice(ids.length + 1)] ?? '';
    if (step % 3 === 0) {
      const nodeId = ulid();
      const body = { parentId, name: `第${step}党小组`, rank: 'cell' as const, reason };
      await town.as('admin').ok('trees.add', { params: { tree: 'party', nodeId }, body });
      ids.push(nodeId);
    } else {
      const { status } = await move(ids[dice(ids.length)] ?? '', parentId);
      expect([200, 409, 422]).toContain(status);
      if (status === 200) moved += 1;
    }
    await expectClosure();
  }
  expect(moved).toBeGreaterThan(3);
});

async function expectClosure(): Promise<void> {
  const rows = await query<{ id: string; parent_id: string | null }>(
    'SELECT id, parent_id FROM party_organization WHERE id IN (SELECT descendant_id FROM party_ancestor WHERE ancestor_id = ?)',
  );
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]));
  const expected = rows
    .flatMap(({ id }) => {
      const line: string[] = [];
      for (let at: string | null | undefined = id; at; at = parents.get(at)) line.push(at);
      return line.map((ancestor, depth) => `${ancestor} ${id} ${depth}`);
    })
    .sort();
  const closure = await query<{ line: string }>(
    `SELECT CONCAT(a.ancestor_id, ' ', a.descendant_id, ' ', a.depth) AS line FROM party_ancestor a
     JOIN party_ancestor b ON b.descendant_id = a.descendant_id WHERE b.ancestor_id = ?`,
  );
  expect(closure.map(({ line }) => line).sort()).toEqual(expected);
}
