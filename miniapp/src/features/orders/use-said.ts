import { useDraft, type DraftInHand } from '../../lib/draft';
import { ApiProblem } from '../../lib/answer';
import { useSubmit } from '../../lib/use-submit';
import { toast } from '../../ui/toast';
import type { Order } from './order';

/** Words with photos, as one says them about an order. */
export interface Said {
  readonly words: string;
  readonly photoIds: readonly string[];
}

type ActWithPhotos = 'orders.answer' | 'orders.reopen' | 'orders.appealFault';

export interface SayingIt<Fields> {
  readonly draft: DraftInHand<Fields>;
  readonly isPending: boolean;
  readonly error: unknown;
  /** False when the server refused: the form stays as it is and says why. */
  readonly send: (fields: Fields, done: string) => Promise<boolean>;
}

/**
 * An action with photos goes through the queue: first the photos, then the words, once, whatever the network does. The
 * draft's id is the action's id.
 */
export function useSaid<Fields extends Said>(key: ActWithPhotos, order: Order, empty: Fields): SayingIt<Fields> {
  const form = `${key}.${order.id}`;
  const draft = useDraft<Fields>(form, empty);
  const { busy, refusal, send } = useSubmit();

  const say = async (fields: Fields, done: string): Promise<boolean> => {
    const words = fields.words.trim();
    const body = { ...fields, words, photoIds: [...fields.photoIds], actionId: draft.id };
    const state = await send({
      id: draft.id,
      key,
      sent: { params: { orderId: order.id }, body },
      photoIds: fields.photoIds,
      title: order.title,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return false;
    draft.clear();
    toast(state === 'sent' ? done : '已经记下，等网络好了自动发出');
    return true;
  };
  const error = refusal && new ApiProblem(422, refusal.code, refusal.title, refusal.fields);
  return { draft, isPending: busy, error, send: say };
}
