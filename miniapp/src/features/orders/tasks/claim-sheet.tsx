import { useState } from 'react';
import { byWords } from '../../../lib/time-words';
import { ApiProblem } from '../../../lib/answer';
import { useAct } from '../../../lib/use-call';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../act-sheet';
import { WhenChoice } from './when-choice';

interface ClaimSheetProps {
  readonly taskId: string;
  /** 接单, or 签收 where it is offered to me by name. */
  readonly verb: string;
  readonly onClose: () => void;
  readonly onClaimed: () => void;
  /** Somebody was quicker: who, as far as the server says. */
  readonly onTaken: (by: string | null) => void;
}

const takenCodes = ['task.already-claimed', 'task.full'];

/** Claiming asks when: the resident is told. */
export function ClaimSheet({ taskId, verb, onClose, onClaimed, onTaken }: ClaimSheetProps) {
  const claim = useAct('tasks.claim', { taskId });
  const [promisedAt, setPromisedAt] = useState<string | null>(null);

  const send = () => {
    if (promisedAt === null) return;
    claim.mutate(
      { promisedAt },
      {
        onSuccess: () => {
          toast(`${verb}了，${byWords(promisedAt, Date.now())}办`);
          onClaimed();
        },
        onError: (error) => {
          if (!(error instanceof ApiProblem) || !takenCodes.includes(error.code)) return;
          const { by } = error.facts;
          onTaken(typeof by === 'string' ? by : null);
        },
      },
    );
  };

  return (
    <ActSheet
      title="什么时候办？"
      yes={verb}
      onYes={send}
      onClose={onClose}
      doing={claim}
      unready={promisedAt === null}
    >
      <WhenChoice label="您打算" error={fieldErrors(claim.error)['promisedAt']} onChange={setPromisedAt} />
    </ActSheet>
  );
}
