import fc from 'fast-check';
import { ulid } from 'ulid';
import {
  commitmentLifecycle,
  type CommitmentAction,
  type CommitmentState,
} from '@sandan/shared/commitments/commitment.lifecycle';
import { targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import type { Reply } from './client';
import { commitmentsIn } from './commitment-journey';
import { startTestServer, type TestServer } from './server';
import { buildTown, type Town } from './town';
import type { PersonName } from './town-cast';

/** Whatever people try, legal or not, a deed moves only as the table says, and its history always explains its state. */
const table: Lifecycle<CommitmentState, CommitmentAction> = commitmentLifecycle;
const seed = 20_261_122;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const people = ['resident', 'member', 'secretary', 'townSecretary', 'townDeputy'] as const;
const actions = (Object.keys(table.actions) as CommitmentAction[]).filter(
  (action) => action !== 'draft' && !table.actions[action].system,
);

interface Told {
  action: CommitmentAction;
  from_state: CommitmentState | null;
  to_state: CommitmentState;
}

test('random sequences of what people try', async () => {
  const town = await buildTown(server);
  const village = commitmentsIn(server, town);
  const roundId = await village.toDrafting();
  const read = (commitmentId: string) => town.as('member').ok('commitments.read', { params: { commitmentId } });

  const bodyFor = async (action: CommitmentAction, commitmentId: string): Promise<object> => {
    const { version, opinions, changes } = await read(commitmentId);
    const facts = {
      ...{ words: '说明一下', version, content: village.content(), stars: 4, onSite: true, percent: 50 },
      ...{ noPhotoReason: 'nothingVisible', mendBy: `${village.year}-12-30`, kind: 'abandon', result: 'notKept' },
      opinionId: opinions.find(({ answer }) => answer === null)?.id ?? ulid(),
      changeId: changes.find(({ state }) => state === 'open')?.id ?? ulid(),
    };
    const reason = action === 'release' ? 'moved' : '路要改线';
    return { ...facts, reason };
  };
  const attempt = async (person: PersonName, action: CommitmentAction, commitmentId: string): Promise<number> => {
    const call = town.as(person).call as (key: string, sent: object) => Promise<Reply<unknown>>;
    const body = { ...(await bodyFor(action, commitmentId)), actionId: ulid() };
    return (await call(`commitments.${action}`, { params: { commitmentId }, body })).status;
  };
  const historyOf = (commitmentId: string) =>
    server.world.database.reading.query<Told>(
      "SELECT action, from_state, to_state FROM history WHERE aggregate_id = ? AND thing = 'commitment' ORDER BY seq",
      [commitmentId],
    );

  const step = fc.record({
    person: fc.constantFrom<PersonName>(...people),
    action: fc.constantFrom(...actions),
    /** Mostly what may be done next, so that deeds come far. */
    willing: fc.integer({ min: 0, max: 9_999 }),
  });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
      const commitmentId = await village.draft({ roundId });
      for (const { person, action, willing } of steps) {
        const allowed = await mostlyAllowed(town, commitmentId, willing);
        const before = (await read(commitmentId)).state;
        const status = await attempt(allowed?.person ?? person, allowed?.action ?? action, commitmentId);
        const { state } = await read(commitmentId);
        expect([200, 400, 403, 404, 409, 422]).toContain(status);
        if (status === 200) moved += 1;
        else expect(state).toBe(before);
      }
      const told = await historyOf(commitmentId);
      expect(told.at(-1)?.to_state).toBe((await read(commitmentId)).state);
      told.forEach(({ action, from_state: from, to_state: to }, index) => {
        expect(from).toBe(told[index - 1]?.to_state ?? null);
        if (from !== null) expect(targetsOf(table, action, from, [])).toContain(to);
      });
    }),
    { numRuns: 25, seed },
  );
  expect(moved).toBeGreaterThan(60);
}, 120_000);

/** What ends a deed early is tried seldom, so that some of them come to the end. */
const endings: readonly CommitmentAction[] = ['withdraw', 'release', 'recall', 'return', 'takeBack'];

/** Three times of four somebody does what the server says he may. */
async function mostlyAllowed(town: Town, commitmentId: string, willing: number) {
  if (willing % 4 === 0) return null;
  const choices = await Promise.all(
    people.map(async (person) => {
      const { data } = await town.as(person).call('commitments.read', { params: { commitmentId } });
      return (data?.allows ?? []).map((action) => ({ person, action }));
    }),
  );
  const onward = choices.flat().filter(({ action }) => !endings.includes(action));
  const offered = onward.length > 0 && willing % 10 !== 1 ? onward : choices.flat();
  return offered[willing % Math.max(1, offered.length)] ?? null;
}
