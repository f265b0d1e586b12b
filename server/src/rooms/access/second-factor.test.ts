import { ulid } from 'ulid';
import type { AccessReason } from '@sandan/shared/access/access.words';
import { clientOf, type Client } from '../../../test/client';
import { codeAt } from '../../../test/one-time-code';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { RoleGrant } from '../../foundation/access/access.entity';
import { startSession } from '../../foundation/access/sessions';
import { defaultSettings } from '../settings/settings.queries';

/** 二次验证: what it guards, how it is set up, and what guessing at it costs. */
let server: TestServer;
let town: Town;
beforeAll(async () => (server = await startTestServer()));
afterAll(() => server.close());
beforeEach(async () => (town = await buildTown(server)));

const step = 30_000;
const now = () => new Date(server.clock.now());
const inHours = (hours: number) => new Date(server.clock.now() + hours * 60 * 60_000);

/** At a computer, having shown nothing yet. */
async function atDesk(name: PersonName): Promise<Client> {
  const { id } = town.people[name];
  const { token } = await server.world.database.transaction((db) => startSession(db, id, 'desktop', now()));
  return clientOf(server.url, token);
}
const codeOf = (secret: string, away = 0): string => codeAt(secret, server.clock.now() + away * step);
const show = (client: Client, code: string) => client.call('access.showSecondFactor', { body: { code } });

async function enrolled(name: PersonName) {
  const client = await atDesk(name);
  const { secret } = await client.ok('access.enrol', { body: {} });
  const body = { actionId: ulid(), code: codeOf(secret) };
  const { recoveryCodes } = await client.ok('access.confirmEnrolment', { body });
  server.clock.advance(step);
  return { client, secret, recoveryCodes };
}
const wrongOf = (right: string): string => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
const guarded = (client: Client) =>
  client.call('settings.change', { params: { gridId: town.townId }, body: defaultSettings });

test('who sets something up without one is led to set one up, then goes on', async () => {
  const client = await atDesk('admin');
  expect((await guarded(client)).problem?.code).toBe('access.second-factor-missing');
  const { secret, image } = await client.ok('access.enrol', { body: {} });
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(image).toMatch(/^data:image/);
  expect((await guarded(client)).problem?.code).toBe('access.second-factor-missing');
  const body = { actionId: ulid(), code: codeOf(secret) };
  const { recoveryCodes } = await client.ok('access.confirmEnrolment', { body });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect((await guarded(client)).status).toBe(200);
  expect(await client.ok('access.secondFactor')).toMatchObject({ enrolled: true, recoveryCodesLeft: 10 });
});

test('another session of the same person shows it for itself, and again after twelve hours', async () => {
  const { secret } = await enrolled('admin');
  const other = await atDesk('admin');
  expect((await guarded(other)).problem?.code).toBe('access.second-factor-needed');
  expect((await show(other, codeOf(secret))).data?.shownUntil).not.toBeNull();
  expect((await guarded(other)).status).toBe(200);
  await server.world.database.transaction((db) =>
    db.write('UPDATE session SET created_at = ?, expires_at = ?, last_seen_at = ? WHERE person_id = ?', [
      ...[inHours(6), inHours(30), inHours(12)],
      town.people.admin.id,
    ]),
  );
  server.clock.advance(12 * 60 * 60_000);
  expect((await guarded(other)).problem?.code).toBe('access.second-factor-needed');
});

test('whoever may not do it at all hears that first', async () => {
  expect((await guarded(await atDesk('resident'))).problem?.code).toBe('access.forbidden');
});

test('a clock half a minute off is believed, a whole one is not', async () => {
  const { client, secret } = await enrolled('admin');
  expect((await show(client, codeOf(secret, 2))).problem?.code).toBe('access.wrong-code');
  expect((await show(client, codeOf(secret, -2))).problem?.code).toBe('access.wrong-code');
  expect((await show(client, codeOf(secret, 1))).status).toBe(200);
});

test('a code is believed once, and none that is older than the last', async () => {
  const { client, secret } = await enrolled('admin');
  const [code, older] = [codeOf(secret), codeOf(secret, -1)];
  const both = await Promise.all([show(client, code), show(client, code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await show(client, code)).problem?.code).toBe('access.code-used');
  expect((await show(client, older)).problem?.code).toBe('access.code-used');
});

test('the code that enrolled shows nothing a second time', async () => {
  const client = await atDesk('admin');
  const { secret } = await client.ok('access.enrol', { body: {} });
  const code = codeOf(secret);
  await client.ok('access.confirmEnrolment', { body: { actionId: ulid(), code } });
  expect((await show(await atDesk('admin'), code)).problem?.code).toBe('access.code-used');
});

describe('guessing', () => {
  test('the fifth wrong code costs half a minute, each further one twice as long, and the right one waits too', async () => {
    const { client, secret } = await enrolled('admin');
    const waits: (string | null)[] = [];
    for (let wrong = 0; wrong < 5; wrong += 1) await show(client, wrongOf(codeOf(secret)));
    for (const seconds of [30, 60, 120, 240]) {
      const right = await show(client, codeOf(secret));
      expect(right.problem?.code).toBe('access.locked');
      waits.push(right.headers.get('retry-after'));
      server.clock.advance(seconds * 1000);
      if (seconds < 240) await show(client, wrongOf(codeOf(secret)));
    }
    expect(waits).toEqual(['30', '60', '120', '240']);
    expect((await show(client, codeOf(secret))).status).toBe(200);
    const [row] = await server.world.database.reading.query<{ failures: number }>(
      'SELECT failures FROM second_factor WHERE person_id = ?',
      [town.people.admin.id],
    );
    expect(row?.failures).toBe(0);
  });

  test('a hundred at once are five and no more: the rest is locked out', async () => {
    const { client, secret } = await enrolled('admin');
    const wrong = wrongOf(codeOf(secret));
    const all = await Promise.all(Array.from({ length: 100 }, () => show(client, wrong)));
    const codes = all.map(({ problem }) => problem?.code);
    expect(codes.filter((code) => code === 'access.wrong-code')).toHaveLength(5);
    expect(codes.filter((code) => code === 'access.locked')).toHaveLength(95);
  });

  test('is written down, without the code', async () => {
    const { client, secret } = await enrolled('admin');
    await show(client, wrongOf(codeOf(secret)));
    const entries = await server.world.database.reading.query<{ facts: string }>(
      "SELECT facts FROM audit_entry WHERE act = 'failSecondFactor' AND person_id = ?",
      [town.people.admin.id],
    );
    expect(entries.map(({ facts }) => (typeof facts === 'string' ? JSON.parse(facts) : facts))).toEqual([
      { failures: 1, lockedSeconds: 0 },
    ]);
  });
});

describe('recovery codes', () => {
  test('each stands in for the phone once, however it is typed', async () => {
    const { client, recoveryCodes } = await enrolled('admin');
    const [first = '', second = ''] = recoveryCodes;
    expect((await show(client, first)).data?.recoveryCodesLeft).toBe(9);
    expect((await show(client, first)).problem?.code).toBe('access.wrong-code');
    expect((await show(client, second.toUpperCase().replaceAll('-', ' '))).data?.recoveryCodesLeft).toBe(8);
  });

  test('are nobody else’s', async () => {
    const { recoveryCodes } = await enrolled('admin');
    const { client } = await enrolled('townDispatcher');
    expect((await show(client, recoveryCodes[0] ?? '')).problem?.code).toBe('access.wrong-code');
  });

  test('new ones end the old ones', async () => {
    const { client, recoveryCodes } = await enrolled('admin');
    const renewed = await client.ok('access.renewRecoveryCodes', { body: { actionId: ulid() } });
    expect((await show(client, recoveryCodes[0] ?? '')).problem?.code).toBe('access.wrong-code');
    expect((await show(client, renewed.recoveryCodes[0] ?? '')).status).toBe(200);
  });

  test('of an enrolment whose answer was lost come anew when it is repeated', async () => {
    const client = await atDesk('admin');
    const { secret } = await client.ok('access.enrol', { body: {} });
    const body = { actionId: ulid(), code: codeOf(secret) };
    await client.ok('access.confirmEnrolment', { body });
    const again = await client.ok('access.confirmEnrolment', { body });
    expect((await show(client, again.recoveryCodes[9] ?? '')).status).toBe(200);
    expect(await client.refused('access.confirmEnrolment', { body: { ...body, actionId: ulid() } })).toBe(
      'access.not-enrolling',
    );
  });
});

describe('setting it up', () => {
  test('wants the first code of the new secret, within a quarter of an hour', async () => {
    const client = await atDesk('admin');
    const confirmWith = (code: string) =>
      client.refused('access.confirmEnrolment', { body: { actionId: ulid(), code } });
    expect(await confirmWith('123456')).toBe('access.not-enrolling');
    const { secret } = await client.ok('access.enrol', { body: {} });
    expect(await confirmWith(wrongOf(codeOf(secret)))).toBe('access.wrong-code');
    server.clock.advance(16 * 60_000);
    expect(await confirmWith(codeOf(secret))).toBe('access.not-enrolling');
  });

  test('anew is not for whoever finds the computer unlocked: it wants a code of just now', async () => {
    const { client, secret } = await enrolled('admin');
    server.clock.advance(10 * 60_000);
    expect(await client.refused('access.enrol', { body: {} })).toBe('access.second-factor-needed');
    await show(client, codeOf(secret));
    const next = await client.ok('access.enrol', { body: {} });
    server.clock.advance(step);
    // Until the new one is confirmed the old one holds.
    expect((await show(client, codeOf(secret))).status).toBe(200);
    server.clock.advance(step);
    await client.ok('access.confirmEnrolment', { body: { actionId: ulid(), code: codeOf(next.secret) } });
    server.clock.advance(step);
    expect((await show(client, codeOf(secret))).problem?.code).toBe('access.wrong-code');
    expect((await show(client, codeOf(next.secret))).status).toBe(200);
  });

  test('keeps the secret sealed: the base shows neither secret nor codes', async () => {
    const { secret, recoveryCodes } = await enrolled('admin');
    const rows = await server.world.database.reading.query<{ secret: string; code: Buffer }>(
      `SELECT secret_sealed AS secret, code_hash AS code FROM second_factor f
       JOIN recovery_code r ON r.person_id = f.person_id WHERE f.person_id = ?`,
      [town.people.admin.id],
    );
    const kept = rows.flatMap((row) => [row.secret, row.code.toString('latin1')]);
    expect(kept).toHaveLength(20);
    for (const each of kept) {
      expect(each).not.toContain(secret);
      for (const code of recoveryCodes) expect(each).not.toContain(code);
    }
  });
});

describe('a reset', () => {
  const reset = (client: Client, personId: string, reason: AccessReason = 'lostPhone') =>
    client.call('access.resetSecondFactor', { params: { personId }, body: { actionId: ulid(), reason } });
  const makeAdmin = (name: PersonName, nodeId: string) =>
    server.world.database.transaction((db) =>
      db.insert(RoleGrant, [
        {
          id: ulid(),
          personId: town.people[name].id,
          role: 'admin',
          kind: null,
          tree: 'grid',
          nodeId,
          startsAt: new Date(0),
        },
      ]),
    );

  test('by the administrator above takes it away, and is written down with its reason', async () => {
    const { client } = await enrolled('townDispatcher');
    const { client: admin } = await enrolled('admin');
    expect((await reset(admin, town.people.townDispatcher.id)).data?.enrolled).toBe(false);
    expect((await show(client, '123456')).problem?.code).toBe('session.expired');
    const [entry] = await server.world.database.reading.query<{ thingId: string }>(
      "SELECT thing_id AS thingId FROM audit_entry WHERE act = 'resetSecondFactor' AND person_id = ?",
      [town.people.admin.id],
    );
    expect(entry?.thingId).toBe(town.people.townDispatcher.id);
  });

  test('is never one’s own', async () => {
    const { client } = await enrolled('admin');
    expect((await reset(client, town.people.admin.id)).problem?.code).toBe('access.own-reset');
  });

  test('of an administrator wants one above, not beside', async () => {
    await makeAdmin('townDispatcher2', town.countyId);
    await makeAdmin('deskLead', town.townId);
    const { client: admin } = await enrolled('admin');
    expect((await reset(admin, town.people.townDispatcher2.id)).problem?.code).toBe('access.forbidden');
    expect((await reset(admin, town.people.deskLead.id)).status).toBe(200);
    const { client: townAdmin } = await enrolled('deskLead');
    expect((await reset(townAdmin, town.people.admin.id)).problem?.code).toBe('person.not-found');
  });

  test('reaches only those whose every post lies below', async () => {
    await makeAdmin('deskLead', town.villageA);
    const { client } = await enrolled('deskLead');
    expect((await reset(client, town.people.gridWorker.id)).status).toBe(200);
    expect((await reset(client, town.people.deskLeadOutside.id)).problem?.code).toBe('person.not-found');
    await server.world.database.transaction((db) =>
      db.insert(RoleGrant, [
        {
          id: ulid(),
          personId: town.people.gridWorker.id,
          role: 'inspector',
          kind: null,
          tree: 'grid',
          nodeId: town.townId,
          startsAt: new Date(0),
        },
      ]),
    );
    expect((await reset(client, town.people.gridWorker.id)).problem?.code).toBe('access.forbidden');
  });
});
