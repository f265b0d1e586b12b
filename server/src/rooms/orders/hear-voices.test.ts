import { ulid } from 'ulid';
import { days, hours, journeyIn, minutes } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { startSpeechService, type SpeechService } from '../../../test/speech-service';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { voiceOf } from '../../../test/upload';
import { until } from '../../../test/web-process';
import { hearVoices } from './hear-voices';

let service: SpeechService;
let server: TestServer;
let town: Town;
let village: ReturnType<typeof journeyIn>;
let hear: () => Promise<number>;
beforeAll(async () => {
  service = await startSpeechService();
  const { url, key, model } = service;
  server = await startTestServer({ config: { speech: { url, key, model } } });
});
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  service.restart(said);
  const hearing = hearVoices(server.world);
  hear = () => hearing({ townId: town.townId });
});
afterAll(async () => {
  await server.close();
  await service.close();
});

const said = '门口的路灯坏了，晚上看不见路。';
/** One after the other: who spoke first is heard first. */
const speak = async (more: object = {}, person: PersonName = 'resident'): Promise<string> => {
  server.clock.advance(1);
  return village.place({ words: undefined, voiceId: await voiceOf(town, person), ...more }, person);
};
const wordsFor = async (orderId: string, person: PersonName = 'deskLead') =>
  (await village.read(orderId, person)).voice?.words;
const here = () => ({ townId: town.townId });
const write = (sql: string, values: string[]) => server.world.database.transaction((db) => db.write(sql, values));

test('what was spoken stands under the recording for whoever may hear it, and in the copy of one’s own data', async () => {
  const orderId = await speak();
  expect(await wordsFor(orderId)).toBeNull();
  await server.drain(town.townId);
  expect(await wordsFor(orderId)).toBe(said);
  expect(await wordsFor(orderId, 'resident')).toBe(said);
  expect(service.heard).toHaveLength(1);
  const body = { actionId: ulid(), format: 'json', sure: true } as const;
  const { address } = await town.as('resident').ok('privacy.exportMine', { body });
  expect(await (await town.as('resident').raw('GET', address)).text()).toContain(said);
});

test('a guardian, whom it may be about, does not find in the child’s copy what has become confidential', async () => {
  const { newcomer, resident } = town.people;
  await write("UPDATE person SET born_on = '1985-05-01' WHERE id = ?", [resident.id]);
  await write("UPDATE person SET born_on = '2015-05-01', household_id = ?, agreed_notice = 99 WHERE id = ?", [
    ...[town.households.resident, newcomer.id],
  ]);
  const orderId = await speak({}, 'newcomer');
  await write("UPDATE service_order SET visibility = 'open' WHERE id = ?", [orderId]);
  await server.drain(town.townId);
  const copyFor = async (person: PersonName) => {
    const body = { actionId: ulid(), format: 'json', sure: true, personId: newcomer.id } as const;
    const { address } = await town.as(person).ok('privacy.exportMine', { body });
    return (await town.as(person).raw('GET', address)).text();
  };
  expect(await copyFor('resident')).toContain(said);
  await write("UPDATE service_order SET visibility = 'confidential' WHERE id = ?", [orderId]);
  expect(await copyFor('resident')).not.toContain(said);
});

describe('no service hears', () => {
  test('what is confidential, also when it becomes so while the service is away', async () => {
    const secret = await speak({ categoryId: 'dispute', confidential: true });
    service.faults('cut');
    const later = await speak();
    await server.drain(town.townId);
    await village.does('resident', 'protect', later, { words: '不想让人知道' });
    server.clock.advance(days / 2);
    await server.drain(town.townId);
    expect(service.heard).toEqual([]);
    expect(await wordsFor(secret, 'resident')).toBeNull();
  });

  test('what becomes confidential while it listens to another', async () => {
    const [, second] = [await speak(), await speak()];
    service.faults({ ms: 500 });
    const hearing = hear();
    await until(async () => service.asked() === 1, 5_000);
    await village.does('resident', 'protect', second, { words: '不想让人知道' });
    expect(await hearing).toBe(1);
    expect(service.heard).toHaveLength(1);
  });

  test.each([
    ["UPDATE service_order SET desk_kind = 'discipline' WHERE id = ?", '作风反映'],
    ['UPDATE voice_note SET held = 2 WHERE thing_id = ?', 'what was hidden'],
  ])('%s: %s', async (change) => {
    const orderId = await speak();
    await write(change, [orderId]);
    expect(await hear()).toBe(0);
    expect(service.asked()).toBe(0);
  });

  test('what is at an end', async () => {
    await village.does('resident', 'withdraw', await speak(), {});
    expect(await hear()).toBe(0);
    expect(service.asked()).toBe(0);
  });

  test('anything where there is none, and what was recorded long before there was one', async () => {
    const orderId = await speak();
    expect(await hearVoices({ ...server.world, speech: null })({ townId: town.townId })).toBe(0);
    server.clock.advance(days + hours);
    expect(await hear()).toBe(0);
    expect(await wordsFor(orderId)).toBeNull();
  });
});

test('a service that is away is asked again, later and later, and left alone after most of a day', async () => {
  const orderId = await speak();
  const asked: number[] = [];
  service.ailing({ status: 502 });
  for (const pause of [0, minutes, minutes, 10 * minutes, hours, 4 * hours, 12 * hours, 5 * hours, days]) {
    server.clock.advance(pause);
    expect(await hear()).toBe(0);
    asked.push(service.asked());
  }
  expect(asked).toEqual([1, 1, 2, 3, 4, 5, 6, 6, 6]);
  expect(await wordsFor(orderId)).toBeNull();
});

test('while it is away one recording alone uses up a try, and a minute later it is the next one’s', async () => {
  const orders = [await speak(), await speak()];
  service.ailing('cut');
  for (let times = 0; times < 3; times += 1) expect(await hear()).toBe(0);
  expect(service.asked()).toBe(1);
  server.clock.advance(minutes);
  for (let times = 0; times < 3; times += 1) expect(await hear()).toBe(0);
  expect(service.asked()).toBe(2);
  service.ailing(null);
  server.clock.advance(2 * minutes);
  expect(await hear()).toBe(2);
  expect(await Promise.all(orders.map((id) => wordsFor(id)))).toEqual([said, said]);
});

test('one that it does not take holds up no other, and is tried again all the same', async () => {
  const [odd, good] = [await speak(), await speak()];
  service.faults({ status: 400 });
  expect(await hear()).toBe(2);
  expect([await wordsFor(odd), await wordsFor(good)]).toEqual([null, said]);
  server.clock.advance(2 * minutes);
  expect(await hear()).toBe(1);
  expect(await wordsFor(odd)).toBe(said);
});

test('workers side by side do not ask twice, also when one of them takes long', async () => {
  await speak();
  await speak();
  const done = await Promise.all([hear(), hearVoices(server.world)(here()), hearVoices(server.world)(here())]);
  expect([done.reduce((sum, count) => sum + count), service.asked()]).toEqual([2, 2]);
  await speak();
  await speak();
  service.faults({ ms: 300 }, { ms: 300 });
  const slow = hear();
  await until(async () => service.asked() === 3, 5_000);
  server.clock.advance(1.5 * minutes);
  await until(async () => service.asked() === 4, 5_000);
  server.clock.advance(minutes);
  expect(await hearVoices(server.world)(here())).toBe(0);
  expect([await slow, service.asked()]).toEqual([2, 4]);
});

test('whoever stops ends at once, and it is tried again', async () => {
  const orderId = await speak();
  service.faults({ ms: 5_000 });
  const stopping = new AbortController();
  const hearing = hearVoices(server.world)(here(), stopping.signal);
  await until(async () => service.asked() === 1, 5_000);
  stopping.abort();
  expect(await hearing).toBe(0);
  server.clock.advance(2 * minutes);
  expect(await hear()).toBe(1);
  expect(await wordsFor(orderId)).toBe(said);
});

test('no words at all are no words, and of a recording held from others the words are, too', async () => {
  service.says('');
  const silent = await speak();
  await server.drain(town.townId);
  expect(await wordsFor(silent)).toBeNull();
  service.says(said);
  const orderId = await speak({ source: 'family', beneficiaryId: town.people.spouse.id });
  await server.drain(town.townId);
  await write('UPDATE voice_note SET held = 0 WHERE thing_id = ?', [orderId]);
  expect(await wordsFor(orderId, 'spouse')).toBe(said);
  await write('UPDATE voice_note SET held = 2 WHERE thing_id = ?', [orderId]);
  expect([await wordsFor(orderId, 'spouse'), await wordsFor(orderId, 'resident')]).toEqual([undefined, said]);
});
