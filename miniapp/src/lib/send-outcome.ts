import { NotAllowed } from './platform/device';
import type { Outcome } from './send-queue';
import { ApiProblem, isPassing } from './answer';

/** What a failed step of the queue means for its job. Throws what is a fault of ours. */
export function outcomeOf(error: unknown): Outcome {
  if (isPassing(error)) return { kind: 'later', retryAfterMs: error instanceof ApiProblem ? error.retryAfterMs : null };
  if (error instanceof ApiProblem) {
    // Signing in again was tried already and refused: the person signs in, and the queue goes on.
    if (error.status === 401) return { kind: 'later' };
    return { kind: 'refused', refusal: { code: error.code, title: error.title, fields: error.fields } };
  }
  if (error instanceof NotAllowed) {
    return { kind: 'refused', refusal: { code: 'file.gone', title: error.title, fields: {} } };
  }
  throw error;
}
