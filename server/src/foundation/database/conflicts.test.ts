import { Problem } from '@sandan/shared/problems';
import { repeatOnConflict, SomebodyWasQuicker } from './conflicts';

const refusing = async (error: unknown): Promise<{ runs: number; problem: Problem }> => {
  let runs = 0;
  const run = () => {
    runs += 1;
    return Promise.reject(error as Error);
  };
  const problem = await repeatOnConflict(run).catch((thrown: unknown) => thrown);
  if (!(problem instanceof Problem)) throw problem;
  return { runs, problem };
};
const fromDatabase = (code: string): Error => Object.assign(new Error(code), { code });

test('who needs a row that an import holds waits twice and not four times, and hears when to come again', async () => {
  const { runs, problem } = await refusing(fromDatabase('ER_LOCK_WAIT_TIMEOUT'));
  expect(runs).toBe(2);
  expect(problem).toMatchObject({ code: 'server.held', status: 503, retryAfter: 20 });
  expect(problem.title).toContain('您填的还在');
});

test('deadlocks and quicker others are tried four times, which costs no wait', async () => {
  expect(await refusing(fromDatabase('ER_LOCK_DEADLOCK'))).toMatchObject({ runs: 4, problem: { code: 'server.busy' } });
  expect(await refusing(new SomebodyWasQuicker())).toMatchObject({ runs: 4, problem: { code: 'version.changed' } });
});
