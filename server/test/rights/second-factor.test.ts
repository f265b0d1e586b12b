import { ulid } from 'ulid';
import { permissionsOf, rolePermissions, type GrantedRole, type Permission } from '@sandan/shared/access/roles';
import { RoleGrant } from '../../src/foundation/access/access.entity';
import { startSession } from '../../src/foundation/access/sessions';
import { routesOf } from '../../src/rooms';
import { clientOf, fill } from '../client';
import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';

/** Every endpoint that asks for a second factor, as somebody who holds its permission and has not shown one. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const guarded = routesOf('test').filter(({ endpoint }) => endpoint.secondFactor);

/** A new administrator's, secretary's … session at a computer. */
async function sessionWith(permission: Permission | null): Promise<string> {
  const [person] = await town.moreMembers(1);
  const personId = person?.id ?? '';
  const role = (Object.keys(rolePermissions) as GrantedRole[]).find(
    (each) => permission !== null && permissionsOf(each).includes(permission),
  );
  return server.world.database.transaction(async (db) => {
    const now = new Date(server.clock.now());
    if (role) {
      const grant = { role, kind: null, tree: 'grid', nodeId: town.townId, startsAt: new Date(0) } as const;
      await db.insert(RoleGrant, [{ id: ulid(), personId, ...grant }]);
    }
    return (await startSession(db, personId, 'desktop', now)).token;
  });
}

test('settings, imports, exports of lists and what is done to other people’s sign-ins are among them', () => {
  const keys = guarded.map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      ...[
        'settings.change',
        'settings.changeProtection',
        'settings.saveHolidays',
        'settings.closePeriod',
        'imports.check',
        'imports.apply',
        'papers.board',
        'papers.debtors',
      ],
      ...['access.resetSecondFactor', 'access.endSessionsOf', 'access.renewRecoveryCodes'],
    ]),
  );
});

test.each(guarded)('$key wants it before it looks at anything', async ({ endpoint }) => {
  const { permission, path, method } = endpoint;
  const held = permission === 'anyone' || permission === 'signedIn' ? null : permission;
  const client = clientOf(server.url, await sessionWith(held));
  const ids = Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', ulid()]));
  const response = await client.raw(method.toUpperCase(), `/api${fill(path, ids)}`);
  expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
    status: 403,
    code: 'access.second-factor-missing',
  });
});
