import { mayAct } from '../rooms/orders/act';
import { clocksOnly } from '../rooms/orders/clock-changes';
import { OrderParty } from '../rooms/orders/order.entity';
import { checked } from './acts';
import type { Inhabitant } from './homes';
import { apply, NobodyFits, noteBeside, type Story } from './story';

/** 并单: the second order of the same thing; its requester becomes a party of the first. */
export function merge(story: Story, primary: Story, by: Inhabitant): void {
  const { record, at } = story;
  const { actionId, caller, actor } = checked(story, by, 'merge');
  if (!mayAct('merge', primary.record, caller)) throw new NobodyFits(`${caller.name} is concerned by the other order`);
  const primaryId = primary.record.id;
  apply(story, {
    ...{ actionId, actor, action: 'merge', words: '和邻居反映的是同一件事，并到一起办。' },
    set: { primaryId, closedAt: at },
    clocks: clocksOnly(record, actor, 'merged'),
    facts: { primaryId },
  });
  const personId = record.requesterId;
  if (personId === null || personId === primary.record.requesterId) return;
  const party = { orderId: primaryId, personId, kind: 'merged', fromOrderId: record.id, words: null, at };
  noteBeside(primary, OrderParty, [party]);
}
