import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { testDatabaseUrl } from '../../../test/database';
import { filesThatTell, findInDatabase } from '../../../test/dump';
import { days, journeyIn, type Journey } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { unusualPerson, wholeLife, type Somebody } from '../../../test/whole-life';
import { changePeople } from '../people/roster-people';
import { keepHouse } from '../../housekeeping';
import { erasureSteps, runErasureStep } from '../../foundation/personal-data/erasure';

let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  // A database of its own: every seal in it is opened, and other tests have other keys.
  server = await startTestServer({ config: { databaseUrl: await testDatabaseUrl('erasure') } });
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  who = await unusualPerson(server, town);
  ({ name, id } = who);
  person = town.as('farResident');
});

const reading = () => server.world.database.reading;
const write = (sql: string, values: (string | Date | null | Buffer)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));

let person: ReturnType<Town['as']>;
let who: Somebody;
let name: string;
let id: string;

const left = () => findInDatabase(reading(), who.strings);
const liveHere = () => wholeLife(server, town, who);

/** Rows that are about the person alone, by their table. */
async function ownRows(): Promise<string[]> {
  const of = {
    ...{ binding_request: 'person_id', care_relation: 'carer_id', proxy_consent: 'person_id', session: 'person_id' },
    ...{ second_factor: 'person_id', recovery_code: 'person_id', wechat_account: 'person_id' },
  };
  const counts = await Promise.all(
    Object.entries(of).map(async ([table, column]) => {
      const rows = await reading().query(`SELECT 1 FROM ${table} WHERE ${column} = ?`, [id]);
      return rows.length > 0 ? [table] : [];
    }),
  );
  return counts.flat();
}

describe('注销', () => {
  test('after seven days nothing in the database tells who it was, and the records stand', async () => {
    const { orderId } = await liveHere();
    const places = new Set((await left()).map(({ where }) => where));
    expect([...places]).toEqual(
      expect.arrayContaining([
        ...['binding_request.said_head', 'binding_request.decision', 'binding_request.door_sealed'],
        ...[
          'visit.words',
          'visit_version.content',
          'sweep.purpose',
          'sweep_visit.said_sealed',
          'role_grant.open_reason',
        ],
        ...['role_grant.end_reason', 'handover.plan', 'handover.done', 'handover.words', 'handover.by_name'],
        ...['roster_row.content_sealed', 'commitment_import_row.cells'],
        ...['commitment_rating.words', 'commitment_opinion.words', 'commitment_dispute.words'],
        ...['service_order.words', 'service_order.contact_phone_sealed', 'message.title', 'opinion.words'],
        ...['correction.words', 'person.id_number_sealed', 'person.name', 'profile.nickname', 'history.words'],
      ]),
    );
    expect(await ownRows()).toEqual(
      expect.arrayContaining([
        'binding_request',
        'care_relation',
        'proxy_consent',
        'session',
        'second_factor',
        'recovery_code',
      ]),
    );
    await village.wait(16 * days);
    const asked = await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    expect(asked).toMatchObject({ asked: { held: false }, allows: ['keepAccount'] });
    await village.wait(6 * days);
    expect((await person.ok('people.me')).name).toBe(name);
    await village.wait(1 * days);
    expect(await left()).toEqual([]);
    expect(await ownRows()).toEqual([]);
    const house = [town.households.farResident];
    const member = town.people.memberOutside;
    expect(await reading().query('SELECT 1 FROM care_relation WHERE household_id = ?', house)).toEqual([]);
    expect(await reading().query('SELECT words, lat FROM visit WHERE household_id = ?', house)).toEqual([
      { words: null, lat: null },
    ]);
    expect(
      await reading().query("SELECT id FROM photo WHERE thing_kind = 'visit' AND owner_id = ?", [member.id]),
    ).toEqual([]);
    expect(await person.refused('people.me')).toBe('session.expired');
    const order = await village.read(orderId);
    expect(order.history.map(({ action }) => action)).toEqual(expect.arrayContaining(['place', 'accept', 'confirm']));
    expect(JSON.stringify(order)).toContain('说：灯不亮');
    const [row] = await reading().query<Record<string, unknown>>('SELECT * FROM person WHERE id = ?', [id]);
    expect(row).toMatchObject({
      name: '已注销用户',
      household_id: null,
      phone_sealed: null,
      phone_index: null,
      born_on: null,
    });
    expect(row?.['erased_at']).toBeTruthy();
    const acts = await reading().query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE thing_id = ? ORDER BY at, act',
      [id],
    );
    const told = ['giveProxy', 'sayConsent', 'closeAccount', 'personErased', 'revokeProxy'];
    expect(acts.map(({ act }) => act)).toEqual(told);
  }, 90_000);

  test('photos and voices of own orders go with their files, and nothing in our folder tells who it was', async () => {
    const { photoId, voiceId } = await liveHere();
    const keyOf = async (table: 'photo' | 'voice_note', of: string) =>
      (await reading().query<{ k: string }>(`SELECT storage_key AS k FROM ${table} WHERE id = ?`, [of]))[0]?.k ?? '';
    const keys = [await keyOf('photo', photoId), await keyOf('voice_note', voiceId)];
    const { files, config } = server.world;
    const there = () => Promise.all(keys.map((key) => files.exists(key)));
    expect(await there()).toEqual([true, true]);
    await village.wait(16 * days);
    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    await village.wait(7 * days);
    expect(await keyOf('photo', photoId)).toBe('');
    await keepHouse(server.world);
    expect(await there()).toEqual([false, false]);
    expect(await filesThatTell(config.dataDir, who.strings)).toEqual([]);
  });

  test('a namesake keeps the name in what is about them', async () => {
    await write('UPDATE person SET name = ? WHERE id = ?', [name, town.people.otherResident.id]);
    const theirs = await village.place({ words: `${name}家漏水` }, 'otherResident');
    await village
      .place({ words: `${name}家停电` }, 'farResident')
      .then((mine) => village.does('farResident', 'withdraw', mine, {}));
    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    await village.wait(7 * days);
    const found = await findInDatabase(reading(), [name]);
    expect(found.map(({ text }) => text)).toEqual(expect.arrayContaining([`${name}家漏水`, name]));
    expect(found.filter(({ text }) => text.includes('停电'))).toEqual([]);
    expect((await village.read(theirs, 'otherResident')).words).toBe(`${name}家漏水`);
  });

  test('what a person was called and reached by before is found in what others wrote, too', async () => {
    const { phone } = who;
    await village.place({ words: `请给${name}带个话，打${phone}` }, 'otherResident');
    const later = { name: `${name}娃`, phone: '15477770001' };
    await server.world.database.transaction((db) =>
      changePeople(db, [{ id, name, set: later }], new Date(server.clock.now())),
    );
    await village.place({ words: `${later.name}换号了，打${later.phone}` }, 'otherResident');
    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    await village.wait(7 * days);
    expect(await findInDatabase(reading(), [...who.strings, later.name, later.phone])).toEqual([]);
    expect((await findInDatabase(reading(), ['请给某某带个话，打***'])).length).toBeGreaterThan(0);
  });

  test('waits while something is in hand, and says what', async () => {
    const orderId = await village.place({}, 'farResident');
    const before = await person.ok('privacy.closing');
    expect(before).toMatchObject({ blocks: [{ block: 'ownOrders', count: 1, orderIds: [orderId] }], allows: [] });
    const body = { actionId: ulid(), sure: true } as const;
    expect(await person.refused('privacy.closeAccount', { body })).toBe('closing.blocked');
    const helper = await town.as('member2').ok('privacy.closing');
    expect(helper.blocks.map(({ block }) => block)).toContain('posts');
    await village.does('farResident', 'withdraw', orderId, {});
    await person.ok('privacy.closeAccount', { body });
    const meanwhile = await village.place({}, 'farResident');
    await village.wait(7 * days);
    expect(await person.ok('privacy.closing')).toMatchObject({ asked: { held: true } });
    await village.does('farResident', 'withdraw', meanwhile, {});
    await village.wait(1 * days);
    expect(await left()).toEqual([]);
  });

  test('can be taken back until it begins, and a repeat is one request', async () => {
    const body = { actionId: ulid(), sure: true } as const;
    const first = await person.ok('privacy.closeAccount', { body });
    expect(await person.ok('privacy.closeAccount', { body })).toEqual(first);
    expect(await person.ok('privacy.keepAccount', { body: { actionId: ulid() } })).toMatchObject({ asked: null });
    await village.wait(8 * days);
    expect((await person.ok('people.me')).name).toBe(name);
  });

  test('it is through when it stands in the list beside the backups; where that cannot be written nothing else waits', async () => {
    await village.wait(16 * days);
    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    const { backupDir } = server.world.config;
    const list = join(backupDir, 'erasures');
    await rm(list, { recursive: true, force: true });
    await mkdir(backupDir, { recursive: true });
    await writeFile(list, 'in the way');
    const standing = async () => {
      const [row] = await reading().query<{ state: string }>('SELECT state FROM account_closing WHERE person_id = ?', [
        id,
      ]);
      return [row?.state, /^sandan_erasures_unlisted (\d+)/m.exec(await server.metrics.registry.metrics())?.[1]];
    };
    await village.wait(7 * days);
    expect(await left()).toEqual([]);
    expect(await standing()).toEqual(['erasing', '1']);
    await rm(list);
    await village.wait(60_000);
    await village.wait(60_000);
    expect((await standing())[0]).toBe('erased');
    expect(await readdir(list)).toContain(`${id}.sealed`);
  });

  test('cut off in the middle it goes on where it stopped', async () => {
    await liveHere();
    await village.wait(16 * days);
    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    const [work] = await reading().query<{ id: string }>(
      "SELECT thing_id AS id FROM due_work WHERE kind = 'erasePerson' AND town_id = ?",
      [town.townId],
    );
    const grantId = ulid();
    await write(
      `INSERT INTO role_grant (id, person_id, role, kind, tree, node_id, starts_at, granted_by_id)
       VALUES (?, ?, 'helper', 'volunteer', 'grid', ?, '2026-01-01', ?)`,
      [grantId, id, town.villageB, town.people.admin.id],
    );
    // A run that ended after its first steps, before anybody else looked.
    const at = new Date(server.clock.now());
    for (const step of erasureSteps.slice(0, 4)) {
      await server.world.database.transaction((db) => runErasureStep(db, id, step, at));
    }
    await write("UPDATE account_closing SET state = 'erasing' WHERE id = ?", [work?.id ?? '']);
    await write('UPDATE due_work SET rung = 4 WHERE thing_id = ?', [work?.id ?? '']);
    const acts = await reading().query('SELECT act FROM audit_entry WHERE thing_id = ?', [grantId]);
    expect(acts).toEqual([{ act: 'endPost' }]);
    await village.wait(7 * days);
    expect(await left()).toEqual([]);
  });

  test('the administrator does it for the dead, on the same days, and nobody else may', async () => {
    const body = { actionId: ulid(), reason: 'death', words: '死亡证明 2026-09-10' } as const;
    const params = { personId: id };
    expect(await town.as('deskLead').refused('privacy.erasePerson', { params, body })).toBe('access.forbidden');
    expect((await town.as('admin').ok('posts.person', { params })).allows).toContain('erase');
    const { closingId } = await town.as('admin').ok('privacy.erasePerson', { params, body });
    expect(await town.as('admin').ok('privacy.erasePerson', { params, body })).toMatchObject({ closingId });
    const roles = () =>
      reading().query("SELECT action, actor_role AS role FROM history WHERE thing = 'closing' AND aggregate_id = ?", [
        id,
      ]);
    expect(await roles()).toEqual([{ action: 'erasePerson', role: 'admin' }]);
    const elsewhere = await buildTown(server);
    expect(
      await elsewhere.as('admin').refused('privacy.erasePerson', { params, body: { ...body, actionId: ulid() } }),
    ).toBe('person.not-found');
    expect(await town.as('admin').ok('privacy.closingOf', { params })).toMatchObject({
      asked: { held: false, reasonName: '本人去世' },
      allows: ['keepPerson'],
    });
    await village.wait(7 * days);
    expect(await left()).toEqual([]);
    expect((await town.as('admin').ok('posts.person', { params })).allows).not.toContain('erase');
    expect(await town.as('admin').refused('privacy.closingOf', { params })).toBe('person.not-found');
  });

  test('a slip of the office is taken back by the office; what somebody asked for himself is his own to take back', async () => {
    const admin = town.as('admin');
    const params = { personId: id };
    const keep = { params, body: { actionId: ulid() } };
    const asked = { actionId: ulid(), reason: 'written', words: '申请书 2026-09-10' } as const;
    await admin.ok('privacy.erasePerson', { params, body: asked });
    const kept = await admin.ok('privacy.keepPerson', keep);
    expect(kept).toMatchObject({ asked: null, allows: ['erasePerson'] });
    expect(await admin.ok('privacy.keepPerson', keep)).toEqual(kept);
    await village.wait(8 * days);
    expect((await person.ok('people.me')).name).toBe(name);

    await person.ok('privacy.closeAccount', { body: { actionId: ulid(), sure: true } });
    expect(await admin.ok('privacy.closingOf', { params })).toMatchObject({
      asked: { reasonName: '本人注销' },
      allows: [],
    });
    expect(await admin.refused('privacy.keepPerson', keep)).toBe('access.forbidden');
  });
});
