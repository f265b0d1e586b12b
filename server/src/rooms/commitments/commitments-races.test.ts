import { ulid } from 'ulid';
import type { ProblemCode } from '@sandan/shared/problems';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import type { PersonName } from '../../../test/town-cast';

/** Two people at once: what was read is what is decided on, and one of them hears that the other was quicker. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;
let roundId: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
  roundId = await village.toDrafting();
});

const title = '装 4 盏路灯';
const words = { words: '先把地方定下来' };
const read = (commitmentId: string) => town.as('secretary').ok('commitments.read', { params: { commitmentId } });
const historyOf = async (commitmentId: string) => (await read(commitmentId)).history.map(({ action }) => action);

async function toApproved(more: object = {}): Promise<string> {
  const commitmentId = await village.toSubmitted({ roundId, title, ...more });
  await village.does('secretary', 'approve', commitmentId, { version: 1 });
  return commitmentId;
}

type Try = readonly [
  person: PersonName,
  action: 'publish' | 'return' | 'withdraw' | 'approve' | 'recall',
  body: object,
];

/** All of them at the same moment; what each was told. */
const atOnce = (commitmentId: string, tries: readonly Try[]): Promise<(ProblemCode | 'done')[]> =>
  Promise.all(
    tries.map(async ([person, action, body]) => {
      const sent = { params: { commitmentId }, body: { actionId: ulid(), ...body } };
      const { problem } = await town.as(person).call(`commitments.${action}`, sent as never);
      return problem?.code ?? 'done';
    }),
  );

test.each([
  ['given back', ['townSecretary', 'return', words], 'draft'],
  ['withdrawn', ['member', 'withdraw', {}], 'withdrawn'],
] as const)('published and %s at the same moment: one of the two happens', async (_name, other, otherState) => {
  for (let round = 0; round < 6; round += 1) {
    const commitmentId = await toApproved();
    const told = await atOnce(commitmentId, [['secretary', 'publish', {}], other]);
    expect(told.filter((each) => each === 'done')).toHaveLength(1);
    expect((await read(commitmentId)).state).toBe(told[0] === 'done' ? 'published' : otherState);
    expect(await historyOf(commitmentId)).toHaveLength(4);
  }
});

test('approved while its author takes it back and writes it anew: nothing is approved that was not read', async () => {
  const rewriteIt = async (commitmentId: string) => {
    const [recalled] = await atOnce(commitmentId, [['member', 'recall', {}]]);
    if (recalled !== 'done') return;
    await village.does('member', 'rewrite', commitmentId, { content: { ...village.content(), title: '换了一件' } });
    await village.does('member', 'submit', commitmentId, {});
  };
  for (let round = 0; round < 8; round += 1) {
    const commitmentId = await village.toSubmitted({ roundId, title });
    const [[approved]] = await Promise.all([
      atOnce(commitmentId, [['secretary', 'approve', { version: 1 }]]),
      rewriteIt(commitmentId),
    ]);
    const after = await read(commitmentId);
    const isAsRead = after.state === 'approved' && after.title === title && after.version === 1;
    const isAnew = after.state === 'submitted' && after.title === '换了一件' && after.version === 2;
    expect([approved === 'done', isAsRead, isAnew]).toEqual(
      approved === 'done' ? [true, true, false] : [false, false, true],
    );
  }
});

test('a branch is published in one press while one of its deeds is given back: the others are out, and it is told', async () => {
  const ids = await Promise.all(['一', '二', '三', '四'].map((name) => toApproved({ title: `${name}组装灯` })));
  const [returned = ''] = ids;
  const items = ids.map((commitmentId) => ({ commitmentId }));
  const [{ data: told }, [given]] = await Promise.all([
    town.as('secretary').call('commitments.publishMany', { body: { actionId: ulid(), items } }),
    atOnce(returned, [['townSecretary', 'return', words]]),
  ]);
  const states = await Promise.all(ids.map(async (id) => (await read(id)).state));
  expect(states.slice(1)).toEqual(['published', 'published', 'published']);
  expect(states[0]).toBe(given === 'done' ? 'draft' : 'published');
  expect(told?.done.length).toBe(given === 'done' ? 3 : 4);
  expect(told?.refused.map(({ commitmentId }) => commitmentId)).toEqual(given === 'done' ? [returned] : []);
});

test('two secretaries publish the same branch at once: every deed is published once', async () => {
  const ids = await Promise.all(['一', '二', '三'].map((name) => toApproved({ title: `${name}组装灯` })));
  const items = ids.map((commitmentId) => ({ commitmentId }));
  const press = (person: PersonName) =>
    town.as(person).ok('commitments.publishMany', { body: { actionId: ulid(), items } });
  const told = await Promise.all([press('secretary'), press('townSecretary')]);
  expect(told.flatMap(({ done }) => done).sort()).toEqual([...ids].sort());
  for (const id of ids) expect((await historyOf(id)).filter((action) => action === 'publish')).toHaveLength(1);
});

describe('a change after publication', () => {
  const ask = (commitmentId: string) =>
    village.does('member', 'requestChange', commitmentId, {
      ...{ kind: 'amend', reason: '路口要改' },
      content: { ...village.content(), title: '装 3 盏路灯', quantity: 3 },
    });

  test('approved and refused by two people at once is decided once', async () => {
    const { commitmentId } = await village.toPublished({ roundId });
    await ask(commitmentId);
    const [change] = (await read(commitmentId)).changes;
    const decide = async (person: PersonName, action: 'approveChange' | 'refuseChange') => {
      const body = { actionId: ulid(), changeId: change?.id ?? '', ...words };
      return (await town.as(person).call(`commitments.${action}`, { params: { commitmentId }, body })).problem?.code;
    };
    const told = await Promise.all([decide('secretary', 'approveChange'), decide('townSecretary', 'refuseChange')]);
    expect(told.filter((code) => code === undefined)).toHaveLength(1);
    const after = await read(commitmentId);
    const isApproved = told[0] === undefined;
    expect([after.version, after.title]).toEqual(isApproved ? [2, '装 3 盏路灯'] : [1, title]);
    expect(after.changes.map(({ state }) => state)).toEqual([isApproved ? 'approved' : 'refused']);
  });

  test('asked for while the deed is delivered: either it waits for the answer, or nothing is changed any more', async () => {
    const { commitmentId } = await village.toPublished({ roundId });
    const deliver = town.as('member').call('commitments.deliver', {
      params: { commitmentId },
      body: { actionId: ulid(), words: '亮了', quantityDone: 4, noPhotoReason: 'nothingVisible' },
    });
    const [delivered, asked] = await Promise.all([
      deliver.then(({ problem }) => problem?.code),
      ask(commitmentId).then(
        () => undefined,
        () => 'refused',
      ),
    ]);
    const { state, changes } = await read(commitmentId);
    expect(state).toBe(delivered === undefined ? 'delivered' : 'published');
    expect(changes).toHaveLength(asked === undefined ? 1 : 0);
  });
});
