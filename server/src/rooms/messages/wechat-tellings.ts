import type { MessageKind } from '@sandan/shared/subscriptions/subscription.words';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import type { People } from '../orders/orders.queries';
import type { Audience } from './message-words';
import type { WechatTelling } from './write-messages';

type Rule = MessageKind | ((event: DomainEvent, people: People) => MessageKind | null);

/** 急单: only of these is a desk told in WeChat. */
const urgent = (_: DomainEvent, { urgency }: People): MessageKind | null =>
  urgency === 'emergency' || urgency === 'urgent' ? 'newOrder' : null;
/** 请您说说: not where somebody of the village has yet to look whether it was done well. */
const reported: Rule = (_, { state }) => (state === 'reported' ? 'reported' : null);
const fault: Rule = ({ facts }) => (facts?.['result'] === 'pass' ? null : 'fault');
/**
 * Of the clocks that of the work itself, which waits until a quarter is left (rooms/subscriptions), and that of an urgent
 * order that nobody has opened: only one of the desk was told of it, and now the others are.
 */
const halfTime: Rule = (event, people) => {
  if (event.facts?.['clock'] === 'study') return urgent(event, people);
  return event.facts?.['clock'] === 'handle' ? 'dueSoon' : null;
};

/**
 * Which messages of the inbox go to WeChat, too (domain.md §8, column WeChat): consent is scarce, so these and no others.
 * 受理 has none of its own: 接单 says who comes and when.
 */
const rules: Readonly<Record<string, Partial<Record<Audience, Rule>>>> = {
  'order.place': { desk: urgent },
  'order.escalate': { desk: urgent },
  'order.sendDown': { desk: urgent },
  'order.redirect': { desk: urgent },
  'order.placeDirect': { assignee: 'assigned' },
  'order.settle': { requester: 'reported' },
  'order.ask': { requester: 'asking' },
  'order.decline': { requester: 'declined' },
  'order.lapseAnswer': { requester: 'declined' },
  'order.dispatch': { assignee: 'assigned', bestPlaced: 'open' },
  'order.verify': { requester: 'reported' },
  'order.sendBack': { holder: 'sentBack' },
  'order.supervise': { desk: 'supervised', holder: 'supervised' },
  'order.appealUp': { desk: 'inReview', handler: 'inReview' },
  'order.inspect': { desk: fault, handler: fault },
  'task.claim': { requester: 'claimed' },
  'task.report': { requester: reported },
  'task.handOver': { receiver: 'handOver' },
  'task.reassign': { assignee: 'assigned', receiver: 'assigned' },
  'clock.halfTime': { clockHolder: halfTime },
};

/** What this audience is told of it in WeChat; null: it stands in the inbox only. */
export function tellingFor(event: DomainEvent, audience: Audience, people: People): WechatTelling | null {
  const rule = rules[`${event.thing}.${event.action}`]?.[audience];
  const kind = typeof rule === 'function' ? rule(event, people) : rule;
  if (!kind) return null;
  // 有人接了 once a task: of a team of five the resident hears of the first; of who takes over in the inbox (换人了).
  const onceKey = kind === 'claimed' ? `claimed ${event.thingId}` : event.id;
  return { kind, onceKey, orderId: event.aggregateId };
}
