import type { ProblemCode } from '@sandan/shared/problems';
import { Problem } from '@sandan/shared/problems';
import { decodePhoto, prepareSharp, type DecodedPhoto } from './decode-photo';
import { checkVoice, type CheckedVoice } from './voice';

/**
 * The entry of the photo child: strangers' photos and recordings are opened here, so that a bomb or a poisoned file
 * takes this process and not the service (decisions.md §4.3). The parent's side is decoder.ts.
 */
export interface Job {
  readonly id: number;
  readonly kind: 'photo' | 'voice';
  readonly path: string;
}
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: DecodedPhoto | CheckedVoice }
  | { readonly kind: 'refused'; readonly id: number; readonly code: ProblemCode; readonly cause: string }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

async function run(job: Job): Promise<Answer> {
  try {
    const result = await (job.kind === 'photo' ? decodePhoto(job.path) : checkVoice(job.path));
    return { kind: 'done', id: job.id, result };
  } catch (error) {
    if (error instanceof Problem)
      return { kind: 'refused', id: job.id, code: error.code, cause: String(error.cause ?? '') };
    return { kind: 'failed', id: job.id, reason: String(error) };
  }
}

function answer(message: Answer): void {
  process.send?.(message);
}

prepareSharp();
process.on('message', (job: Job) => void run(job).then(answer));
// The parent is gone: nobody waits for the answers any more.
process.on('disconnect', () => process.exit());
answer({ kind: 'ready' });
