import { ulid } from 'ulid';
import { clientOf, type Client } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { startSession } from '../../foundation/access/sessions';
import { keepHouse } from '../../housekeeping';

/** 电脑登录, and what others may try at it. */
let server: TestServer;
let browser: Client;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  browser = clientOf(server.url);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.world.database.transaction((db) => db.write('DELETE FROM sign_in_failure'));
  town = await buildTown(server);
});

const minute = 60_000;
const codeIn = (address: string): string => address.split('/').at(-1) ?? '';
const ask = async () => {
  const asked = await browser.ok('access.askCode', { body: {} });
  return { ...asked, code: codeIn(asked.address) };
};
const act = () => ({ body: { actionId: ulid() } });
const confirm = (code: string, person: Client = town.as('deskLead')) =>
  person.ok('access.confirm', { params: { code }, ...act() });
const exchange = (secret: string, check?: string) =>
  browser.ok('access.exchangeCode', { body: { secret, ...(check === undefined ? {} : { check }) } });
/** The phone says yes, somebody types what it shows. */
const typed = async ({ code, secret }: { code: string; secret: string }, person?: Client) =>
  exchange(secret, (await confirm(code, person)).check ?? '');
const otherThan = (check: string | null): string => (check === '0000' ? '1111' : '0000');
const noted = async (act: string, personId: string) =>
  (
    await server.world.database.reading.query<{ facts: string }>(
      'SELECT facts FROM audit_entry WHERE act = ? AND person_id = ?',
      [act, personId],
    )
  ).length;

test('the computer asks, the phone sees who asks and says yes, the computer is in', async () => {
  const { code, secret, image } = await ask();
  expect(image).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(await exchange(secret)).toEqual({ state: 'waiting', signedIn: null });
  const phone = town.as('deskLead');
  expect(await phone.ok('links.open', { params: { key: code } })).toEqual({ page: 'confirmSignIn', params: { code } });
  expect(await phone.ok('access.look', { params: { code } })).toMatchObject({
    state: 'waiting',
    place: '青禾县',
    network: '本机',
  });
  const { check } = await confirm(code);
  expect(check).toMatch(/^\d{4}$/);
  expect(await exchange(secret)).toEqual({ state: 'confirmed', signedIn: null });
  const { state, signedIn } = await exchange(secret, check ?? '');
  expect(state).toBe('confirmed');
  const me = await clientOf(server.url, signedIn?.token).ok('people.me');
  expect(me.personId).toBe(town.people.deskLead.id);
  expect(await noted('confirmDesktop', me.personId)).toBe(1);
  expect(await noted('signIn', me.personId)).toBe(1);
});

test('the phone is shown the browser by its own words', async () => {
  const headers = {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0',
    'content-type': 'application/json',
  };
  const response = await browser.raw('POST', '/api/sign-in/desktop', { body: '{}', headers });
  const { address } = (await response.json()) as { address: string };
  const seen = await town.as('deskLead').ok('access.look', { params: { code: codeIn(address) } });
  expect(seen.browser).toBe('Edge（Windows）');
});

test('the base knows neither code nor secret', async () => {
  const { code, secret } = await ask();
  const [row] = await server.world.database.reading.query<Record<string, unknown>>(
    'SELECT * FROM desktop_sign_in ORDER BY id DESC LIMIT 1',
  );
  const kept = JSON.stringify(
    Object.values(row ?? {}).map((each) => (Buffer.isBuffer(each) ? each.toString('base64url') : each)),
  );
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain(code.slice(3));
});

describe('an attacker', () => {
  test('who has seen the picture has no secret: another browser gets nothing', async () => {
    const [mine, other] = [await ask(), await ask()];
    const { check } = await confirm(mine.code);
    expect(await exchange(other.secret, check ?? '')).toEqual({ state: 'waiting', signedIn: null });
    const guessed = Buffer.alloc(32).toString('base64url');
    expect(await browser.refused('access.exchangeCode', { body: { secret: guessed } })).toBe('sign-in.code-unknown');
    expect((await exchange(mine.secret, check ?? '')).signedIn).not.toBeNull();
  });

  test('who sends an officer a picture of his own screen does not see the digits, and guesses three times', async () => {
    const { code, secret } = await ask();
    const { check } = await confirm(code);
    expect((await town.as('deskLead2').ok('access.look', { params: { code } })).check).toBeNull();
    expect((await town.as('deskLead').ok('access.look', { params: { code } })).check).toBe(check);
    const wrong = otherThan(check);
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(secret, wrong)));
    expect(all.filter(({ state }) => state === 'wrongCheck')).toHaveLength(2);
    expect(all.filter(({ state }) => state === 'refused')).toHaveLength(18);
    expect(await exchange(secret, check ?? '')).toEqual({ state: 'refused', signedIn: null });
    const entries = await server.world.database.reading.query<{ byId: string | null }>(
      "SELECT person_id AS byId FROM audit_entry WHERE act = 'failDesktopCheck' AND thing_id = ?",
      [town.people.deskLead.id],
    );
    expect(entries).toEqual([{ byId: null }]);
  });

  test('who replays the exchange gets no second session', async () => {
    const { code, secret } = await ask();
    await typed({ code, secret });
    expect(await browser.refused('access.exchangeCode', { body: { secret } })).toBe('sign-in.code-used');
    expect(await town.as('deskLead2').refused('access.confirm', { params: { code }, ...act() })).toBe(
      'sign-in.code-used',
    );
  });

  test('who races with the same secret does not double it: of twenty, one is in', async () => {
    const { code, secret } = await ask();
    const check = (await confirm(code)).check ?? '';
    const all = await Promise.all(
      Array.from({ length: 20 }, () => browser.call('access.exchangeCode', { body: { secret, check } })),
    );
    expect(all.filter(({ data }) => data?.signedIn)).toHaveLength(1);
    expect(all.filter(({ problem }) => problem?.code === 'sign-in.code-used')).toHaveLength(19);
  });

  test('who guesses codes is stopped, ever longer, and then even the right one has to wait', async () => {
    const { code } = await ask();
    const guess = () => `in-${ulid().slice(0, 22)}`;
    const phone = town.as('gridWorker');
    const tries = async (count: number) => {
      for (let index = 0; index < count; index += 1) await phone.call('access.look', { params: { code: guess() } });
      return phone.call('access.look', { params: { code } });
    };
    const first = await tries(5);
    expect(first.problem?.code).toBe('sign-in.too-many');
    expect(first.headers.get('retry-after')).toBe('60');
    server.clock.advance(minute);
    const second = await tries(5);
    expect(second.headers.get('retry-after')).toBe('600');
    expect((await town.as('member').call('access.look', { params: { code } })).status).toBe(200);
    server.clock.advance(10 * minute);
    expect((await tries(0)).data?.state).toBe('expired');
  });

  test('at one address who guesses secrets is stopped after hundreds', async () => {
    const secret = () =>
      Buffer.from(ulid() + ulid().slice(0, 6))
        .toString('base64url')
        .slice(0, 43);
    const { secret: right } = await ask();
    for (let round = 0; round < 12; round += 1)
      await Promise.all(
        Array.from({ length: 25 }, () => browser.call('access.exchangeCode', { body: { secret: secret() } })),
      );
    const guess = await browser.call('access.exchangeCode', { body: { secret: secret() } });
    expect(guess.problem?.code).toBe('sign-in.too-many');
    // Whoever shares the address and has a secret of his own goes on waiting for his phone.
    expect((await exchange(right)).state).toBe('waiting');
  });

  test('who is a resident has no computer to let in', async () => {
    const { code } = await ask();
    const params = { params: { code } };
    expect(await town.as('resident').refused('access.look', params)).toBe('sign-in.posts-only');
    expect(await town.as('resident').refused('access.confirm', { ...params, ...act() })).toBe('sign-in.posts-only');
  });

  test('who asks for pictures without end is stopped', async () => {
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 25 }, () => browser.call('access.askCode', { body: {} })));
    expect(await browser.refused('access.askCode', { body: {} })).toBe('sign-in.too-many');
    server.clock.advance(3 * minute);
    expect((await browser.call('access.askCode', { body: {} })).status).toBe(200);
  });
});

test('two minutes later nobody can confirm, and a late exchange finds it expired', async () => {
  const [late, confirmed] = [await ask(), await ask()];
  const { check } = await confirm(confirmed.code);
  server.clock.advance(2 * minute);
  expect(await town.as('deskLead').refused('access.confirm', { params: { code: late.code }, ...act() })).toBe(
    'sign-in.code-expired',
  );
  expect(await town.as('deskLead').ok('access.look', { params: { code: late.code } })).toMatchObject({
    state: 'expired',
  });
  expect(await exchange(late.secret)).toEqual({ state: 'expired', signedIn: null });
  expect(await exchange(confirmed.secret, check ?? '')).toEqual({ state: 'expired', signedIn: null });
});

test('whoever says yes twice says it once; somebody else comes too late', async () => {
  const { code } = await ask();
  const { check } = await confirm(code);
  expect(await confirm(code)).toMatchObject({ state: 'confirmed', check });
  expect(await noted('confirmDesktop', town.people.deskLead.id)).toBe(1);
  expect(await town.as('deskLead2').refused('access.confirm', { params: { code }, ...act() })).toBe(
    'sign-in.code-used',
  );
});

test('of two phones that confirm at once one has it', async () => {
  const { code, secret } = await ask();
  const both = await Promise.all(
    (['deskLead', 'deskLead2'] as const).map((name) =>
      town.as(name).call('access.confirm', { params: { code }, ...act() }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [winner, check] =
    both[0]?.status === 200
      ? (['deskLead', both[0].data?.check] as const)
      : (['deskLead2', both[1]?.data?.check] as const);
  expect((await exchange(secret, check ?? '')).signedIn?.personId).toBe(town.people[winner].id);
});

test('不是我: the computer is told, and a yes afterwards is refused', async () => {
  const { code, secret } = await ask();
  const refused = await town.as('deskLead').ok('access.refuse', { params: { code }, ...act() });
  expect(refused.state).toBe('refused');
  expect(await exchange(secret)).toEqual({ state: 'refused', signedIn: null });
  expect(await town.as('deskLead').refused('access.confirm', { params: { code }, ...act() })).toBe(
    'sign-in.code-refused',
  );
  expect(await noted('refuseDesktop', town.people.deskLead.id)).toBe(1);
});

test('an account that was closed lets nobody in, neither before the yes nor between yes and exchange', async () => {
  const { code, secret } = await ask();
  const check = (await confirm(code)).check ?? '';
  const disable = (name: 'deskLead') =>
    server.world.database.transaction((db) =>
      db.write('UPDATE person SET disabled_at = ? WHERE id = ?', [new Date(server.clock.now()), town.people[name].id]),
    );
  await disable('deskLead');
  expect(await browser.refused('access.exchangeCode', { body: { secret, check } })).toBe('session.disabled');
  const { code: next } = await ask();
  expect(await town.as('deskLead').refused('access.confirm', { params: { code: next }, ...act() })).toBe(
    'session.disabled',
  );
});

test('a computer does not let another computer in', async () => {
  const { id } = town.people.deskLead;
  const { token } = await server.world.database.transaction((db) =>
    startSession(db, id, 'desktop', new Date(server.clock.now())),
  );
  const { code } = await ask();
  expect(await clientOf(server.url, token).refused('access.confirm', { params: { code }, ...act() })).toBe(
    'sign-in.by-phone-only',
  );
});

test('a computer is signed out after two hours alone, and after twelve in any case', async () => {
  const enter = async () => {
    return clientOf(server.url, (await typed(await ask())).signedIn?.token);
  };
  const [left, used] = [await enter(), await enter()];
  for (let half = 0; half < 4; half += 1) {
    server.clock.advance(31 * minute);
    await used.ok('people.me');
    await server.world.background.settled();
  }
  expect(await left.refused('people.me')).toBe('session.expired');
  for (let hour = 0; hour < 9; hour += 1) {
    server.clock.advance(60 * minute);
    await used.ok('people.me');
    await server.world.background.settled();
  }
  server.clock.advance(60 * minute);
  expect(await used.refused('people.me')).toBe('session.expired');
});

test('what nobody needs any more is swept away after a day', async () => {
  const { secret } = await ask();
  server.clock.advance(25 * 60 * minute);
  expect((await keepHouse(server.world))?.['desktopSignIns']).toBeGreaterThan(0);
  expect(await browser.refused('access.exchangeCode', { body: { secret } })).toBe('sign-in.code-unknown');
});
