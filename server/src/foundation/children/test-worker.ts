import { Problem } from '@sandan/shared/problems';
import { answerJobs } from './answer-jobs';

/** A child for child-queue.test.ts that does as it is told. */
export interface Wish {
  readonly kind: 'answer' | 'die' | 'never' | 'refuse' | 'throw';
}

answerJobs<Wish, string>(async ({ kind }) => {
  if (kind === 'die') process.kill(process.pid, 'SIGKILL');
  if (kind === 'never') await new Promise(() => undefined);
  if (kind === 'refuse') throw new Problem('photo.broken');
  if (kind === 'throw') throw new Error('a mistake');
  return 'done';
});
