import { ulid } from 'ulid';
import { days, hours, journeyIn, minutes } from '../../../test/journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { startSpeechService, type SpeechService } from '../../../test/speech-service';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';
import { voiceOf } from '../../../test/upload';
import { hearVoices } from './hear-voices';

let service: SpeechService;
let server: TestServer;
let town: Town;
let village: ReturnType<typeof journeyIn>;
beforeAll(async () => {
  service = await startSpeechService();
  const { url, key, model } = service;
  server = await startTestServer({ config: { speech: { url, key, model } } });
});
beforeEach(async () => {
  town = await buildTown(server);
  village = journeyIn(server, town);
  service.heard.length = 0;
  service.says('门口的路灯坏了，晚上看不见路。');
});
afterAll(async () => {
  await server.close();
  await service.close();
});

const speak = async (more: object = {}): Promise<string> =>
  village.place({ words: undefined, voiceId: await voiceOf(town, 'resident'), ...more });
const wordsFor = async (orderId: string, person: PersonName = 'deskLead') =>
  (await village.read(orderId, person)).voice?.words;
const hear = () => hearVoices(server.world, { townId: town.townId });

test('what was spoken stands under the recording for whoever may hear it, and in the copy of one’s own data', async () => {
  const orderId = await speak();
  expect(await wordsFor(orderId)).toBeNull();
  await server.drain(town.townId);
  expect(await wordsFor(orderId)).toBe('门口的路灯坏了，晚上看不见路。');
  expect(await wordsFor(orderId, 'resident')).toBe('门口的路灯坏了，晚上看不见路。');
  expect(service.heard).toHaveLength(1);
  const body = { actionId: ulid(), format: 'json', sure: true } as const;
  const { address } = await town.as('resident').ok('privacy.exportMine', { body });
  expect(await (await town.as('resident').raw('GET', address)).text()).toContain('门口的路灯坏了，晚上看不见路。');
});

test('what is confidential is told to no service, also when it becomes so while the service is away', async () => {
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

test('a service that is away is asked again, later and later, and left alone after most of a day', async () => {
  const orderId = await speak();
  const asked: number[] = [];
  service.ailing({ status: 502 });
  for (const pause of [0, minutes, minutes, 10 * minutes, hours, 4 * hours, 12 * hours, 5 * hours, days]) {
    server.clock.advance(pause);
    asked.push(await hear());
  }
  service.ailing(null);
  expect(asked).toEqual([1, 0, 1, 1, 1, 1, 1, 0, 0]);
  expect(await wordsFor(orderId)).toBeNull();
});

test('while it is away only one recording uses up a try', async () => {
  const orders = [await speak(), await speak()];
  service.faults('cut');
  expect(await hear()).toBe(1);
  expect(await hear()).toBe(1);
  server.clock.advance(2 * minutes);
  expect(await hear()).toBe(1);
  expect(await Promise.all(orders.map((id) => wordsFor(id)))).toEqual(Array(2).fill('门口的路灯坏了，晚上看不见路。'));
});

test('one that it does not take is not sent again, and holds up no other', async () => {
  const [odd, good] = [await speak(), await speak()];
  service.faults({ status: 415 });
  expect(await hear()).toBe(2);
  server.clock.advance(days / 2);
  expect(await hear()).toBe(0);
  expect([await wordsFor(odd), await wordsFor(good)]).toEqual([null, '门口的路灯坏了，晚上看不见路。']);
});

test('two workers do not ask twice', async () => {
  await speak();
  await speak();
  const asked = await Promise.all([hear(), hear(), hear()]);
  expect(asked.reduce((sum, count) => sum + count)).toBe(2);
  expect(service.heard).toHaveLength(2);
});

test('no words at all are no words, and a recording held from others keeps its words to itself', async () => {
  service.says('');
  const silent = await speak();
  await server.drain(town.townId);
  expect(await wordsFor(silent)).toBeNull();
  service.says('难听的话');
  const orderId = await speak();
  await server.drain(town.townId);
  await server.world.database.transaction((db) =>
    db.write('UPDATE voice_note SET held = 2 WHERE thing_id = ?', [orderId]),
  );
  expect((await village.read(orderId, 'resident')).voice?.words).toBe('难听的话');
  const neighbour = await town.as('otherResident').call('orders.read', { params: { orderId } });
  expect(JSON.stringify(neighbour)).not.toContain('难听的话');
});

test('without a service nobody asks, and what was placed long before there was one is not sent', async () => {
  const orderId = await speak();
  expect(await hearVoices({ ...server.world, speech: null }, { townId: town.townId })).toBe(0);
  server.clock.advance(days + hours);
  expect(await hear()).toBe(0);
  expect(await wordsFor(orderId)).toBeNull();
});
