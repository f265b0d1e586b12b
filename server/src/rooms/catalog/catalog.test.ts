import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown } from '../../../test/town';
import { limitWords } from './catalog.routes';
import { defaultCategories } from './default-categories';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await buildTown(server);
});
afterAll(() => server.close());

test('anybody sees what can be ordered, in the order of the table, and how long it takes in people’s words', async () => {
  const { categories } = await clientOf(server.url).ok('categories.list');
  expect(categories.map(({ id }) => id)).toEqual(defaultCategories.map(({ id }) => id));
  const limitOf = (wanted: string) => categories.find(({ id }) => id === wanted)?.limitWords;
  expect(['streetLight', 'powerCut', 'hazard', 'roadSafety'].map(limitOf)).toEqual([
    ...['3 个工作日内', '1 天内', '24 小时内', '20 个工作日内'],
  ]);
});

test('a category without a limit of its own takes that of its urgency', () => {
  expect(limitWords({ urgency: 'urgent', limits: {} })).toBe('2 天内');
  expect(limitWords({ urgency: 'urgent', limits: { handle: { minutes: 90 } } })).toBe('2 小时内');
});

test('a county starts with 34 categories in ten fields; seven of them have a picture, one after the other', () => {
  expect(defaultCategories).toHaveLength(34);
  expect(new Set(defaultCategories.map(({ field }) => field)).size).toBe(10);
  const pictured = defaultCategories.filter(({ picture }) => picture !== null);
  expect(pictured.map(({ picture }) => picture)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('where life or law is at stake the number to call is shown first', () => {
  const numberIn = (id: string) => defaultCategories.find((each) => each.id === id)?.notice?.match(/\d{3,5}/)?.[0];
  const [doctor, fire, police, discipline] = ['medicalHelp', 'hazard', 'missingPerson', 'cadreConduct'].map(numberIn);
  expect([doctor, fire, police, discipline]).toEqual(['120', '119', '110', '12388']);
  expect(defaultCategories.filter(({ notice }) => notice !== null).map(({ id }) => id)).toEqual([
    ...['medicalHelp', 'childCare', 'hazard', 'missingPerson', 'publicOrder', 'cadreConduct'],
  ]);
});

test('作风反映 goes past the whole village to the town’s discipline desk', () => {
  expect(defaultCategories.filter(({ deskKind }) => deskKind === 'discipline')).toEqual([
    expect.objectContaining({ id: 'cadreConduct', deskTier: 'town', visibility: 'confidential' }),
  ]);
});
