import { targetStates, type VisitResult } from '@sandan/shared/sweeps/sweep.words';
import { useSendQueue } from '../../lib/send-queue-runner';
import { useSession } from '../../lib/session';

interface SentVisit {
  readonly params?: { readonly targetId?: string };
  readonly body?: { readonly result?: VisitResult };
}

/** What was written down at which door and has not arrived yet: target → 见到了. */
export function useWaitingVisits(): Readonly<Record<string, string>> {
  const jobs = useSendQueue((queue) => queue.jobs);
  const personId = useSession((session) => session.kept?.me.personId);
  const waiting = jobs.filter(
    (job) => job.key === 'sweeps.record' && job.personId === personId && job.state !== 'sent',
  );
  return Object.fromEntries(
    waiting.flatMap(({ sent }) => {
      const { params, body } = sent as SentVisit;
      return params?.targetId ? [[params.targetId, body?.result ? targetStates[body.result] : '点过名']] : [];
    }),
  );
}
