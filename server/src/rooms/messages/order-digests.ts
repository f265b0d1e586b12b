import type { MessageTopic } from '@sandan/shared/messages/message.words';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import type { People } from '../orders/orders.queries';
import type { Collected } from './collect-digest';
import { nextDigest, type Digest } from './digest-times';

interface Told {
  readonly event: DomainEvent;
  readonly people: People;
  readonly reference: Reference;
}

/** 新到研判台的单子: not one by one, unless they cannot wait; what comes up from below has waited already. */
export const arrivals = ['order.place', 'order.redirect', 'order.sendDown'];
const cannotWait = ['emergency', 'urgent'];

/** 汇总 (domain.md §8): what is new at the desk, and what is overdue, is told together at the town's times. */
export function collectedIn({ event, people, reference }: Told, topic: MessageTopic): Collected | null {
  const digest = digestOf(event, people, topic);
  if (!digest) return null;
  const due = new Date(nextDigest(digest, event.at.getTime(), reference.town(event.townId)));
  const deed = people.confidential ? null : people.title;
  return { digest, due, thingId: event.aggregateId, deed, atOnceToo: false };
}

function digestOf(event: DomainEvent, { urgency }: People, topic: MessageTopic): Digest | null {
  const key = `${event.thing}.${event.action}`;
  if (key === 'clock.overdue' && topic !== 'orders') return urgency === 'emergency' ? null : 'overdue';
  return arrivals.includes(key) && topic === 'desk' && !cannotWait.includes(urgency) ? 'desk' : null;
}
