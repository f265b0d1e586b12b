import { useState } from 'react';
import { useDraft, type DraftInHand } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { toast } from '../../../../ui/toast';
import { fieldErrors } from '../../act-sheet';
import type { Order } from '../../order';
import {
  classificationBody,
  classificationOf,
  emptyDispatching,
  missingIn,
  newTaskOf,
  type StudyFields,
} from './study-fields';

export interface Study {
  readonly draft: DraftInHand<StudyFields>;
  readonly canAccept: boolean;
  /** What the one button does: 受理并派单, 受理, 派单. */
  readonly verb: string;
  readonly busy: boolean;
  /** Why it did not go, and how far it came. */
  readonly trouble: { readonly error: unknown; readonly half: boolean } | null;
  readonly errors: Readonly<Record<string, string>>;
  /** True when everything was done. */
  readonly send: () => Promise<boolean>;
}

function verbOf(canAccept: boolean, { way }: StudyFields): string {
  if (!canAccept) return '派单';
  return way === 'later' ? '受理' : '受理并派单';
}

const doneWords = ({ way, assignee }: StudyFields): string =>
  ({
    assigned: `派给${assignee?.name ?? ''}了`,
    open: '挂出去了，等人来接',
    team: '挂出去了，等人来接',
    external: '转给外单位了',
    later: '受理了，别忘了派单',
  })[way];

/** As what it is sent out: what somebody else has sent out meanwhile must not be sent twice. */
const seenIn = ({ state }: Order, canAccept: boolean) =>
  canAccept || (state !== 'dispatched' && state !== 'handling') ? 'accepted' : state;

/**
 * 研判派单 in one press: two calls with an id of their own each, so that either may be repeated. When the first is done and
 * the second is not, it says so, and the next press goes on from there.
 */
export function useStudy(order: Order): Study {
  const [begin] = useState<StudyFields>(() => ({ ...classificationOf(order), ...emptyDispatching }));
  const draft = useDraft<StudyFields>(`study.${order.id}`, begin);
  const accept = useAct('orders.accept', { orderId: order.id });
  const dispatch = useAct('orders.dispatch', { orderId: order.id });
  const [trouble, setTrouble] = useState<Study['trouble']>(null);
  const { fields } = draft;
  const canAccept = order.allows.includes('accept');

  const send = async (): Promise<boolean> => {
    setTrouble(null);
    const missing = missingIn(order, fields);
    if (missing !== null) {
      toast(missing);
      return false;
    }
    let half = !canAccept;
    try {
      if (canAccept) await accept.mutateAsync(classificationBody(order, fields));
      half = true;
      // The draft's id is the task's: the same draft makes one task, however often it is sent.
      const task = newTaskOf(fields, order, draft.id);
      if (task) await dispatch.mutateAsync({ tasks: [task], from: seenIn(order, canAccept) });
    } catch (error) {
      setTrouble({ error, half: half && canAccept });
      return false;
    }
    draft.clear();
    toast(doneWords(fields));
    return true;
  };
  return {
    draft,
    canAccept,
    verb: verbOf(canAccept, fields),
    busy: accept.isPending || dispatch.isPending,
    trouble,
    errors: fieldErrors(trouble?.error),
    send,
  };
}
