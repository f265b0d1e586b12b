import { ulid } from 'ulid';
import { RoleGrant } from '../../foundation/access/access.entity';
import { startTestServer, type TestServer } from '../../../test/server';
import { days } from '../../../test/journey';
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

test('whoever holds the same post on both keeps the one that lasts; standing in for somebody is no post of his own', async () => {
  const town = await buildTown(server);
  const { villageA, villageB, people } = town;
  const { deskLead, deskLead2, deskLeadOutside, townDispatcher, member } = people;
  const { database, clock } = server.world;
  const at = (inDays: number) => new Date(clock.now() + inDays * days);
  const give = (
    nodeId: string,
    personId: string,
    from: number,
    to: number | null,
    behalf?: { of: string; post: string },
  ) =>
    database.transaction(async (db) => {
      const id = ulid();
      const more = { grantedById: people.admin.id, behalfOfId: behalf?.of ?? null, behalfPostId: behalf?.post ?? null };
      const term = { startsAt: at(from), endsAt: to === null ? null : at(to) };
      await db.insert(RoleGrant, [
        { id, personId, role: 'deskLead', kind: null, tree: 'grid', nodeId, ...term, ...more },
      ]);
      return id;
    });
  const postOf = async (personId: string) => {
    const [row] = await database.reading.query<{ id: string }>(
      "SELECT id FROM role_grant WHERE person_id = ? AND role = 'deskLead' AND behalf_of_id IS NULL",
      [personId],
    );
    return row?.id ?? '';
  };
  const outside = await postOf(deskLeadOutside.id);
  // Stands in for the desk of the other village; has the same post there until tomorrow; from next year; for good.
  await give(villageB, deskLead.id, -1, 20, { of: deskLeadOutside.id, post: outside });
  const soonOver = await give(villageB, deskLead2.id, -1, 1);
  const short = await give(villageA, townDispatcher.id, -1, 30);
  await give(villageB, townDispatcher.id, -1, null);
  const stoodInFor = await give(villageA, member.id, -1, 20, { of: townDispatcher.id, post: short });
  const nextYear = await give(villageB, member.id, 300, 700);
  const thisYear = await give(villageA, member.id, -1, 200);
  const [first, second] = [await postOf(deskLead.id), await postOf(deskLead2.id)];

  const body = { actionId: ulid(), change: { kind: 'merge' as const, intoId: villageB }, reason: '县里批复' };
  await town.as('admin').ok('trees.change', { params: { tree: 'grid', nodeId: villageA }, body });
  const rows = await database.reading.query<{ id: string; behalfPostId: string | null }>(
    `SELECT id, behalf_post_id AS behalfPostId FROM role_grant WHERE node_id = ? AND (ends_at IS NULL OR ends_at > ?)`,
    [villageB, new Date(clock.now())],
  );
  const goOn = new Map(rows.map(({ id, behalfPostId }) => [id, behalfPostId]));
  for (const id of [first, second, nextYear, thisYear, stoodInFor]) expect(goOn.has(id)).toBe(true);
  for (const id of [soonOver, short]) expect(goOn.has(id)).toBe(false);
  expect(goOn.get(stoodInFor)).not.toBe(short);
  expect((await town.as('deskLead').ok('people.me')).roles.map(({ role }) => role)).toContain('deskLead');
});
