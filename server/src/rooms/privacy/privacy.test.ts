import { ulid } from 'ulid';
import { days, journeyIn, type Journey } from '../../../test/journey';
import { knownToOthers } from '../../../test/lived-here';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { HouseholdFlag } from '../households/household.entity';

let server: TestServer;
let town: Town;
let village: Journey;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
});

const reading = () => server.world.database.reading;
const write = (sql: string, values: (string | number | Date | null)[]) =>
  server.world.database.transaction((db) => db.write(sql, values));
const versionNow = async () => (await town.as('resident').ok('privacy.notice')).notice?.version ?? 0;
const say = async (
  person: PersonName,
  answers: { basic?: boolean; sensitive?: boolean; publishedPhone?: boolean },
  of?: string,
) =>
  town.as(person).call('privacy.consent', {
    body: { actionId: ulid(), version: await versionNow(), answers, ...(of ? { personId: of } : {}) },
  });
const forgetAgreement = (person: PersonName) =>
  write('UPDATE person SET agreed_notice = 0 WHERE id = ?', [town.people[person].id]);

describe('告知与同意', () => {
  test('the notice says who, what for, how long, rights and whom to ask, to everybody', async () => {
    const { notice } = await town.as('resident').ok('privacy.notice');
    expect(notice?.sections.map(({ title }) => title).join()).toMatch(
      /谁在用.*做什么.*单独同意.*存多久.*14 岁.*权利.*投诉/,
    );
  });

  test('who has not agreed reads, reports an emergency, and is told before anything else is written', async () => {
    await forgetAgreement('otherResident');
    const neighbour = town.as('otherResident');
    expect(await neighbour.ok('privacy.consents', { query: {} })).toMatchObject({ toAsk: true, changed: null });
    const sent = { params: { orderId: ulid() }, body: { categoryId: 'streetLight', words: '灯坏了' } };
    expect(await neighbour.refused('orders.place', sent)).toBe('privacy.consent-needed');
    const opinion = { params: { opinionId: ulid() }, body: { kind: 'complaint', words: '字小' } } as const;
    expect(await neighbour.refused('opinions.give', opinion)).toBe('privacy.consent-needed');
    await village.place({ emergency: true, words: '着火了' }, 'otherResident');
    await neighbour.ok('orders.list', { query: { scope: 'mine' } });
    await say('otherResident', { basic: true });
    await neighbour.ok('orders.place', sent);
  });

  test('a no is remembered, asks no more, and a yes may be taken back at any time', async () => {
    await forgetAgreement('otherResident');
    expect((await say('otherResident', { basic: false })).data).toMatchObject({ toAsk: false });
    await say('otherResident', { basic: true });
    await village.place({}, 'otherResident');
    await say('otherResident', { basic: false });
    const again = { params: { orderId: ulid() }, body: { categoryId: 'streetLight', words: '又坏了' } };
    expect(await town.as('otherResident').refused('orders.place', again)).toBe('privacy.consent-needed');
  });

  test('a repeat of the same answer is one record', async () => {
    const body = { actionId: ulid(), version: await versionNow(), answers: { basic: true } };
    const first = await town.as('resident').ok('privacy.consent', { body });
    expect(await town.as('resident').ok('privacy.consent', { body })).toEqual(first);
    const rows = await reading().query('SELECT id FROM consent WHERE person_id = ?', [town.people.resident.id]);
    expect(rows).toHaveLength(1);
  });

  test('taking sensitive data back ends at once what stands on consent, not what the law asks for', async () => {
    const { resident } = town.people;
    const flag = { householdId: town.households.resident, personId: resident.id, source: 'self' } as const;
    const since = { since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: new Date(server.clock.now()) };
    await server.world.database.transaction((db) =>
      db.insert(HouseholdFlag, [
        { id: ulid(), ...flag, ...since, flag: 'seriousIllness', ground: 'consent' },
        { id: ulid(), ...flag, ...since, flag: 'minimumLiving', ground: 'law' },
      ]),
    );
    await say('resident', { sensitive: false });
    const left = await reading().query<{ ground: string }>(
      'SELECT ground FROM household_flag WHERE person_id = ? AND ended_at IS NULL',
      [resident.id],
    );
    expect(left).toEqual([{ ground: 'law' }]);
  });

  test('a member who takes his phone back is shown without it', async () => {
    const phoneOf = async () => (await town.as('resident').ok('people.me')).linkedMember?.phone;
    expect(await phoneOf()).toBe(town.people.member.phone);
    await say('member', { publishedPhone: false });
    expect(await phoneOf()).toBeNull();
    await say('member', { publishedPhone: true });
    expect(await phoneOf()).toBe(town.people.member.phone);
  });

  test('a new version asks again and says what changed; it is never changed itself', async () => {
    await write('DELETE FROM privacy_notice WHERE version > 1', []);
    const sections = ['谁在用', '做什么', '找谁问'].map((title) => ({ title, words: '写清楚。' }));
    const effectiveAt = new Date(server.clock.now() + days).toISOString();
    const publish = (noticeId: string, body: object) =>
      town.as('admin').call('privacy.publishNotice', {
        params: { noticeId },
        body: { sections, summary: '加了县里的电话', effectiveAt, ...body },
      });
    const noticeId = ulid();
    await write('UPDATE person SET agreed_notice = 1 WHERE id = ?', [town.people.resident.id]);
    expect((await publish(noticeId, {})).data?.notice).toMatchObject({ version: 2, inForce: false });
    expect((await publish(noticeId, {})).data?.notice).toMatchObject({ version: 2 });
    expect((await publish(noticeId, { summary: '别的' })).problem?.code).toBe('privacy.notice-id-taken');
    expect((await publish(ulid(), { effectiveAt: '2026-01-01T00:00:00.000Z' })).problem?.fields).toHaveProperty(
      'effectiveAt',
    );
    const asked = () => town.as('resident').ok('privacy.consents', { query: {} });
    expect(await asked()).toMatchObject({ toAsk: false });
    server.clock.advance(days + 60_000);
    expect(await asked()).toMatchObject({ toAsk: true, changed: '加了县里的电话', version: 2 });
    const old = { actionId: ulid(), version: 1, answers: { basic: true } };
    expect(await town.as('resident').refused('privacy.consent', { body: old })).toBe('privacy.notice-changed');
    await write('DELETE FROM privacy_notice WHERE version > 1', []);
    await write('UPDATE tree SET version = version + 1', []);
    server.clock.advance(-days);
  });

  /** Only who is known to be of age answers for others. */
  const isGrownUp = async (...names: PersonName[]) => {
    for (const name of names) await write('UPDATE person SET birth_year = 1958 WHERE id = ?', [town.people[name].id]);
  };

  test('under 14 a grown-up of the household agrees, sees and exports; the child alone does not', async () => {
    const { newcomer } = town.people;
    expect((await town.as('resident').ok('privacy.consents', { query: {} })).children).toEqual([]);
    await isGrownUp('resident', 'otherResident');
    await write('UPDATE person SET born_on = ?, household_id = ?, agreed_notice = 0 WHERE id = ?', [
      ...['2015-05-01', town.households.resident, newcomer.id],
    ]);
    expect(await town.as('newcomer').ok('privacy.consents', { query: {} })).toMatchObject({ guardianNeeded: true });
    expect((await say('newcomer', { basic: true })).problem?.code).toBe('privacy.guardian-needed');
    expect((await town.as('resident').ok('privacy.consents', { query: {} })).children).toEqual([
      { personId: newcomer.id, name: newcomer.name },
    ]);
    expect((await say('resident', { basic: true }, newcomer.id)).data).toMatchObject({
      personId: newcomer.id,
      toAsk: false,
    });
    expect((await say('otherResident', { basic: true }, newcomer.id)).problem?.code).toBe('privacy.not-guardian');
    const body = { actionId: ulid(), format: 'json', sure: true, personId: newcomer.id } as const;
    const { address } = await town.as('resident').ok('privacy.exportMine', { body });
    expect(await (await town.as('resident').raw('GET', address)).text()).toContain(newcomer.name);
  });
});

describe('谁看过、导出', () => {
  test('a view of the phone is seen by its owner: who, in which post, why', async () => {
    const { orderId } = await village.toClaimed('member2');
    await town
      .as('member2')
      .ok('orders.revealContact', { params: { orderId }, body: { actionId: ulid(), purpose: 'handle' } });
    const { items } = await town.as('resident').ok('privacy.looks', { query: {} });
    expect(items).toMatchObject([
      {
        who: town.people.member2.name,
        post: expect.stringContaining('接单人'),
        purpose: '办这件事',
        orderId,
        times: 1,
      },
    ]);
    // The same again that day is one line; another purpose, or another day, is another one.
    const look = async (purpose: 'handle' | 'callback') => {
      server.clock.advance(60_000);
      await town.as('member2').ok('orders.revealContact', { params: { orderId }, body: { actionId: ulid(), purpose } });
    };
    await look('handle');
    await look('callback');
    server.clock.advance(days);
    await look('handle');
    await look('handle');
    const timesOf = (page: { items: { purpose: string | null; times: number }[] }) =>
      page.items.map(({ purpose, times }) => [purpose, times]);
    const whole = await town.as('resident').ok('privacy.looks', { query: {} });
    expect(timesOf(whole)).toEqual([
      ['办这件事', 2],
      ['回访', 1],
      ['办这件事', 2],
    ]);
    const first = await town.as('resident').ok('privacy.looks', { query: { limit: 1 } });
    const query = { limit: 2, cursor: first.nextCursor ?? '' };
    const rest = await town.as('resident').ok('privacy.looks', { query });
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    server.clock.advance(-days);
    expect((await town.as('otherResident').ok('privacy.looks', { query: {} })).items).toEqual([]);
  });

  test('the export holds what one did here, and nobody else’s name or number', async () => {
    await village.toConfirmed();
    await say('resident', { basic: true });
    const body = { actionId: ulid(), format: 'json', sure: true } as const;
    const { address, fileName, leftToday } = await town.as('resident').ok('privacy.exportMine', { body });
    expect([fileName, leftToday]).toEqual(['我的信息-2026-09-15.json', 2]);
    const text = await (await town.as('resident').raw('GET', address)).text();
    const { resident, spouse, member2, deskLead } = town.people;
    for (const own of [resident.name, resident.phone, '路灯不亮了', '12号', '同意', '修好了']) {
      expect(text).toContain(own === '修好了' ? '收到的消息' : own);
    }
    for (const other of [spouse, member2, deskLead]) expect(text).not.toContain(other.phone);
    expect(text).not.toContain(spouse.name);
  });

  test('the export holds who came, who cares, who acts for whom and how one was bound, in words', async () => {
    const { id, name } = town.people.farResident;
    await knownToOthers(server, town, { id, name, say: (words) => words });
    const body = { actionId: ulid(), format: 'json', sure: true } as const;
    const { address } = await town.as('farResident').ok('privacy.exportMine', { body });
    const text = await (await town.as('farResident').raw('GET', address)).text();
    const { sections } = JSON.parse(text) as { sections: { title: string; rows: object[] }[] };
    const rowsOf = (title: string) => sections.find((section) => section.title === title)?.rows;
    expect(rowsOf('到我家的走访')).toMatchObject([{ 谁: '何振东', 结果: '见到人了', 说的话: '腿好了' }]);
    expect(rowsOf('到我家的排查')).toMatchObject([{ 排查: '消防隐患排查', 结果: '见到了' }]);
    expect(rowsOf('照看我家的人')).toMatchObject([{ 谁: '陈*远', 状态: '照看中' }]);
    expect(rowsOf('我照看的家')).toHaveLength(1);
    expect(rowsOf('我请人代办')).toMatchObject([{ 怎么同意的: '口头同意' }]);
    expect(rowsOf('绑定身份的请求')).toMatchObject([{ 怎么认的: '换了手机或微信', 状态: '已绑定' }]);
    expect(rowsOf('家里的变化')).toMatchObject([{ 变化: '外出返乡' }]);
    expect(rowsOf('担任过的职务')).toHaveLength(1);
  });

  test('as a PDF, three times a day, by whoever it is of and for an hour or two', async () => {
    const export_ = (actionId = ulid()) =>
      town.as('resident').call('privacy.exportMine', { body: { actionId, format: 'pdf', sure: true } });
    const actionId = ulid();
    const { data } = await export_(actionId);
    const file = await town.as('resident').raw('GET', data?.address ?? '');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await export_(actionId)).data?.leftToday).toBe(2);
    const other = { body: { actionId, format: 'json' as const, sure: true as const } };
    expect(await town.as('resident').refused('privacy.exportMine', other)).toBe('action.repeated-differently');
    await export_();
    await export_();
    expect((await export_()).problem?.code).toBe('privacy.exported-often');
    server.clock.advance(3 * 60 * 60_000);
    const late = await town.as('resident').raw('GET', data?.address ?? '');
    expect(late.status).toBe(403);
    server.clock.advance(-3 * 60 * 60_000);
  });
});

describe('更正', () => {
  const ask = (field: string, value: string, correctionId = ulid()) =>
    town.as('resident').call('privacy.askCorrection', { params: { correctionId }, body: { field, value } as never });
  const decide = (correctionId: string, apply: boolean, person: PersonName = 'deskLead') =>
    town.as(person).call('privacy.decideCorrection', {
      params: { correctionId },
      body: { actionId: ulid(), apply, words: '照身份证核对过了' },
    });

  test('the desk of the village compares, and both hear of it', async () => {
    const correctionId = ulid();
    expect((await ask('phone', '15400007777', correctionId)).data).toMatchObject({
      state: 'asked',
      before: town.people.resident.phone,
    });
    expect((await ask('phone', '15400007778')).problem?.code).toBe('correction.waiting');
    await village.drain();
    const told = async (person: PersonName) =>
      (await town.as(person).ok('messages.list', {})).items.map(({ title }) => title);
    expect(await told('deskLead')).toEqual(['有人申请更正信息']);
    expect((await town.as('deskLead').ok('privacy.corrections', { query: {} })).items).toMatchObject([
      { id: correctionId, allows: ['decideCorrection'] },
    ]);
    expect((await decide(correctionId, true, 'deskLeadOutside')).problem?.code).toBe('correction.not-found');
    expect((await decide(correctionId, true)).data).toMatchObject({ state: 'applied' });
    expect((await decide(correctionId, false, 'townDispatcher')).problem?.code).toBe('correction.decided');
    expect((await town.as('resident').ok('people.me')).phone).toBe('154****7777');
    await village.drain();
    expect(await told('resident')).toEqual(['您的信息改好了']);
    // Whoever has moved is put right where he lives now.
    const moved = ulid();
    await ask('phone', '15400007779', moved);
    await write('UPDATE person SET household_id = ? WHERE id = ?', [
      ...[town.households.farResident, town.people.resident.id],
    ]);
    expect((await decide(moved, true)).problem?.code).toBe('correction.not-found');
    const there = await town.as('deskLeadOutside').ok('privacy.corrections', { query: {} });
    expect(there.items).toMatchObject([{ id: moved, allows: ['decideCorrection'] }]);
    expect((await decide(moved, true, 'deskLeadOutside')).data).toMatchObject({ state: 'applied' });
  });

  test.each([
    ['phone', '12345'],
    ['bornOn', '1956-02-31'],
    ['relation', '隔壁的'],
    ['name', 'Wang'],
  ])('%s cannot be “%s”', async (field, value) => {
    expect((await ask(field, value)).problem?.fields).toHaveProperty('value');
  });

  test('nobody decides about themselves', async () => {
    const correctionId = ulid();
    await write('UPDATE person SET household_id = ? WHERE id = ?', [town.households.resident, town.people.deskLead.id]);
    await town
      .as('deskLead')
      .ok('privacy.askCorrection', { params: { correctionId }, body: { field: 'bornOn', value: '1970-01-01' } });
    expect((await decide(correctionId, true)).problem?.code).toBe('correction.own');
  });
});
