import type { EndpointKey } from '@sandan/shared/api';
import { ApiProblem } from '../../lib/answer';
import { useDraft, type DraftInHand } from '../../lib/draft';
import type { SentTo } from '../../lib/endpoints';
import { useSubmit } from '../../lib/use-submit';
import { toast } from '../../ui/toast';
import type { Order } from './order';

/** Words with photos, as one says them about an order or a commitment. */
export interface Said {
  readonly words: string;
  readonly photoIds: readonly string[];
}

/** The endpoints that take words with photos under an `actionId`. */
type PhotoActKey = {
  [Key in EndpointKey]: SentTo<Key> extends { body: { actionId: string; photoIds?: string[] } } ? Key : never;
}[EndpointKey];

/** What is spoken of: its params, and what the bar of unsent things calls it. */
interface Thing<Key extends PhotoActKey> {
  readonly id: string;
  readonly title: string;
  readonly params: SentTo<Key> extends { params: infer Params } ? Params : never;
}

export interface SayingIt<Fields, Body = Fields> {
  readonly draft: DraftInHand<Fields>;
  readonly isPending: boolean;
  readonly error: unknown;
  /** False when the server refused: the form stays as it is and says why. */
  readonly send: (body: Body, done: string) => Promise<boolean>;
}

type BodyOf<Key extends PhotoActKey> =
  SentTo<Key> extends { body: infer Body } ? Omit<Body, 'actionId' | 'photoIds'> : never;

/**
 * An action with photos goes through the queue: first the photos, then the words, once, whatever the network does. The
 * draft's id is the action's id.
 */
export function useSaidOf<Key extends PhotoActKey, Fields extends Pick<Said, 'photoIds'>>(
  key: Key,
  { id, title, params }: Thing<Key>,
  empty: Fields,
): SayingIt<Fields, BodyOf<Key>> {
  const form = `${key}.${id}`;
  const draft = useDraft<Fields>(form, empty);
  const { busy, refusal, send } = useSubmit();

  const say = async (body: BodyOf<Key>, done: string): Promise<boolean> => {
    const { photoIds } = draft.fields;
    const sent = { params, body: { ...body, photoIds: [...photoIds], actionId: draft.id } } as unknown as SentTo<Key>;
    const state = await send({ id: draft.id, key, sent, photoIds, title, form, fields: draft.fields });
    if (state === 'refused') return false;
    draft.clear();
    toast(state === 'sent' ? done : '已经记下，等网络好了自动发出');
    return true;
  };
  const error = refusal && new ApiProblem(422, refusal.code, refusal.title, refusal.fields);
  return { draft, isPending: busy, error, send: say };
}

/** The same for what a resident or handler says about an order, whose fields are the body as they stand. */
export function useSaid<Fields extends Said>(
  key: 'orders.answer' | 'orders.reopen' | 'orders.appealFault',
  order: Order,
  empty: Fields,
): SayingIt<Fields> {
  const { send, ...saying } = useSaidOf(
    key,
    { id: order.id, title: order.title, params: { orderId: order.id } },
    empty,
  );
  return { ...saying, send: (fields, done) => send({ ...fields, words: fields.words.trim() }, done) };
}
