import { ulid } from 'ulid';
import { clientOf } from '../../../test/client';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  town = await buildTown(server);
});
afterAll(async () => server.close());

const complaint = { kind: 'complaint' as const, words: '字太小，看不清' };
const give = (opinionId = ulid(), body: { kind: 'complaint' | 'suggestion'; words: string } = complaint) =>
  town.as('resident').ok('opinions.give', { params: { opinionId }, body });

test('a resident says what is wrong with the app, the administrator answers, the resident reads it', async () => {
  const { id } = await give();
  server.clock.advance(60_000);
  // The administrator reads those of every town; other tests have towns too.
  const { items } = await town.as('admin').ok('opinions.list', { query: { limit: 100 } });
  expect(items.find((item) => item.id === id)).toMatchObject({ ...complaint, answer: null, mine: false });
  expect(JSON.stringify(items)).not.toContain(town.people.resident.name);

  const answer = { actionId: ulid(), words: '可以在“我的”里打开长辈版' };
  await town.as('admin').ok('opinions.answer', { params: { opinionId: id }, body: answer });
  const mine = await town.as('resident').ok('opinions.list');
  expect(mine.items).toMatchObject([{ id, answer: answer.words, answeredAt: '2026-09-15T01:01:00.000Z', mine: true }]);
});

test('sent twice on a bad network, it is there once', async () => {
  const id = ulid();
  const all = await Promise.all([give(id), give(id), give(id)]);
  expect(all).toEqual([all[0], all[0], all[0]]);
  expect((await town.as('resident').ok('opinions.list')).items).toHaveLength(1);
});

test('under an id that is used for something else, it is refused', async () => {
  const { id } = await give();
  const params = { opinionId: id };
  const other = { ...complaint, words: '别的话' };
  expect(await town.as('resident').refused('opinions.give', { params, body: other })).toBe('opinion.id-taken');
  expect(await town.as('otherResident').refused('opinions.give', { params, body: complaint })).toBe('opinion.id-taken');
});

test('an answer is given once, and again only as a repeat', async () => {
  const { id } = await give();
  const answer = (body: { actionId: string; words: string }) =>
    town.as('admin').call('opinions.answer', { params: { opinionId: id }, body });
  const first = { actionId: ulid(), words: '谢谢，已经改了' };
  expect((await answer(first)).status).toBe(200);
  expect((await answer(first)).data?.answer).toBe(first.words);
  expect((await answer({ actionId: ulid(), words: '不改' })).problem?.code).toBe('opinion.answered-already');
});

test('nobody but the administrator answers, and nobody reads what others said', async () => {
  const { id } = await give();
  const answer = { params: { opinionId: id }, body: { actionId: ulid(), words: '好' } };
  for (const name of ['resident', 'deskLead', 'inspector'] as const) {
    expect(await town.as(name).refused('opinions.answer', answer)).toBe('access.forbidden');
  }
  expect((await town.as('otherResident').ok('opinions.list')).items).toEqual([]);
  expect(await town.as('admin').refused('opinions.answer', { ...answer, params: { opinionId: ulid() } })).toBe(
    'opinion.not-found',
  );
});

test('anybody may read how many there are and how many were answered', async () => {
  const nobody = clientOf(server.url);
  const before = await nobody.ok('opinions.figures');
  const { id } = await give();
  await give(ulid(), { kind: 'suggestion', words: '加个读给我听' });
  await town.as('admin').ok('opinions.answer', { params: { opinionId: id }, body: { actionId: ulid(), words: '好' } });
  expect(await nobody.ok('opinions.figures')).toEqual({
    complaints: before.complaints + 1,
    suggestions: before.suggestions + 1,
    answered: before.answered + 1,
  });
});
