import type { Complainable } from '../reviews/complain-row';
import type { Order } from './order';

/** What others wrote on an order's page: nobody complains of a word of his own. */
export function complainableIn(order: Order): Complainable[] {
  const { id, words, voice, photos, publicSummary, history, mine, view } = order;
  if (order.sealed || order.visibility === 'confidential') return [];
  const said: Complainable[] = words === null || mine ? [] : [{ field: 'order.words', thingId: id, words }];
  const heard: Complainable[] =
    voice === null || mine ? [] : [{ field: 'order.voice', thingId: voice.id, words: '点单的录音' }];
  const summary: Complainable[] =
    publicSummary === null || view === 'staff' ? [] : [{ field: 'order.summary', thingId: id, words: publicSummary }];
  const pictures = mine ? [] : photos.map(picture('order.photo', '点单的照片'));
  const others = history.filter((step) => !step.mine);
  const steps = others.flatMap((step): Complainable[] => [
    ...(step.words === null || step.actor.role === 'system'
      ? []
      : [{ field: 'order.step' as const, thingId: step.id, words: `${step.actor.name}：${step.words}` }]),
    ...step.photos.map(picture('order.evidence', `${step.actor.name}的照片`)),
  ]);
  return [...summary, ...said, ...heard, ...pictures, ...steps];
}

const picture =
  (field: Complainable['field'], words: string) =>
  ({ id }: { id: string }, index: number): Complainable => ({ field, thingId: id, words: `${words} ${index + 1}` });
