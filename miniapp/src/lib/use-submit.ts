import type { EndpointKey } from '@sandan/shared/api';
import { useState } from 'react';
import type { Job, Refusal } from './send-queue';
import { submit, takeOutOfQueue, useSendQueue, type Submission } from './send-queue-runner';

export interface Submitting {
  readonly busy: boolean;
  /** Why the server refused what this form sent last; the form is still open, so it is mended here. */
  readonly refusal: Refusal | null;
  /** As `submit`, but only what waits stays in the queue: the form itself says how the rest ended. */
  readonly send: <Key extends EndpointKey>(submission: Submission<Key>) => Promise<Job['state']>;
}

/** Sends a form through the queue: `const { busy, refusal, send } = useSubmit()`. */
export function useSubmit(): Submitting {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const send: Submitting['send'] = async (submission) => {
    setBusy(true);
    setRefusal(null);
    try {
      const state = await submit(submission);
      const job = useSendQueue.getState().jobs.find(({ id }) => id === submission.id);
      if (state === 'refused') setRefusal(job?.refusal ?? null);
      if (state !== 'waiting') takeOutOfQueue(submission.id);
      return state;
    } finally {
      setBusy(false);
    }
  };
  return { busy, refusal, send };
}
