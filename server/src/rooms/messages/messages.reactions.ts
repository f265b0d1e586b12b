import type { MessageTopic } from '@sandan/shared/messages/message.words';
import { chinaDay } from '@sandan/shared/china-time';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { successorsWhoSee } from '../orders/held-tasks.queries';
import { awayAmong, bestPlaced, peopleConcerned, releasedFrom, type People } from '../orders/orders.queries';
import { tasksWaitingFor, type TaskWaiting } from '../orders/told-orders.queries';
import { arrivals, collectedIn } from './order-digests';
import { wordsFor, type Audience } from './message-words';
import { tellingFor } from './wechat-tellings';
import { messageOn, writeMessages, type NewMessage } from './write-messages';

/** Who is told of what (domain.md §8), as audiences; the words stand in message-words.ts. */
const audiences: Readonly<Record<string, readonly Audience[]>> = {
  'order.place': ['requester', 'desk'],
  'order.placeDirect': ['requester', 'desk', 'assignee'],
  'order.settle': ['requester'],
  'order.ask': ['requester'],
  'order.answer': ['desk'],
  'order.decline': ['requester', 'meToo'],
  'order.lapseAnswer': ['requester'],
  'order.object': ['desk'],
  'order.merge': ['requester', 'meToo'],
  'order.escalate': ['desk', 'requester'],
  'order.sendDown': ['desk'],
  'order.redirect': ['desk'],
  'order.dispatch': ['assignee', 'bestPlaced'],
  'order.convert': ['requester', 'meToo'],
  'order.takeBack': ['requester'],
  'order.suspend': ['requester', 'holder'],
  'order.resume': ['requester', 'holder'],
  'order.sendBack': ['holder'],
  'order.verify': ['requester'],
  'order.confirm': ['handler', 'meToo', 'desk'],
  'order.recordCallback': ['handler', 'meToo', 'desk'],
  'order.reopen': ['desk', 'handler'],
  'order.appealUp': ['desk', 'handler'],
  'order.orderRedo': ['requester', 'desk'],
  'order.closeReview': ['requester', 'handler', 'meToo'],
  'order.withdraw': ['desk', 'meToo'],
  'order.inspect': ['handler', 'desk'],
  'order.decideAppeal': ['handler'],
  'order.remind': ['desk', 'holder'],
  'order.supervise': ['desk', 'holder'],
  'order.extend': ['holder', 'requester'],
  'order.lapseFeedback': ['requester', 'meToo'],
  'task.claim': ['requester'],
  'task.giveBack': ['successor', 'desk', 'requester'],
  'task.release': ['desk', 'requester'],
  'task.handOver': ['receiver'],
  'task.agreeHandOver': ['requester', 'desk'],
  'task.askHelp': ['desk'],
  'task.askExtension': ['desk'],
  'task.report': ['requester', 'desk'],
  'task.reassign': ['released', 'assignee', 'receiver', 'requester'],
  'task.expire': ['desk'],
  'task.cancel': ['released'],
  'clock.halfTime': ['clockHolder'],
  'clock.overdue': ['clockHolder', 'overduePeople'],
  'clock.unanswered': ['desk'],
};

const keyOf = ({ thing, action }: Pick<DomainEvent, 'thing' | 'action'>): string => `${thing}.${action}`;

/** 消息: unique by (event, person, kind), so a repeat writes nothing twice. */
export const messageReaction: Reaction = {
  name: 'messages.write',
  wants: (event) => keyOf(event) in audiences,
  run: async (db, event, reference) => {
    const people = await peopleConcerned(db, event.aggregateId, event.at);
    if (!people) return;
    const rows: NewMessage[] = [];
    for (const audience of audiences[keyOf(event)] ?? []) {
      const words = wordsFor(event, audience, people);
      if (!words) continue;
      const telling = { db, event, people, reference };
      const members = await membersOf(telling, audience);
      const tasks = await tasksAsked(telling, audience, members);
      for (const personId of members)
        if (personId !== event.actorId || isReceipt(event, audience))
          rows.push(messageTo(telling, { audience, personId, taskId: tasks.get(personId) ?? null }, words));
    }
    await writeMessages(db, rows);
  },
};

/** 收到了: whoever has placed it himself finds it among his messages, where it is nothing new. */
const isReceipt = ({ action }: DomainEvent, audience: Audience): boolean =>
  audience === 'requester' && (action === 'place' || action === 'placeDirect');

const topics: Readonly<Record<Exclude<Audience, 'clockHolder'>, MessageTopic>> = {
  ...{ requester: 'orders', meToo: 'orders' },
  ...{
    holder: 'tasks',
    handler: 'tasks',
    released: 'tasks',
    assignee: 'tasks',
    receiver: 'tasks',
    bestPlaced: 'tasks',
  },
  ...{ desk: 'desk', successor: 'desk', overduePeople: 'desk' },
};

function topicOf({ event, people }: Telling, audience: Audience, personId: string): MessageTopic {
  if (audience !== 'clockHolder') return topics[audience];
  if (people.requesterIds.includes(personId) && event.facts?.['clock'] === 'feedback') return 'orders';
  return desks.includes(String(event.facts?.['clock'])) || people.deskIds.includes(personId) ? 'desk' : 'tasks';
}

interface Reader {
  audience: Audience;
  personId: string;
  taskId: string | null;
}

function messageTo(
  telling: Telling,
  { audience, personId, taskId }: Reader,
  words: { title: string; words: string },
): NewMessage {
  const { event, people } = telling;
  const ofTask =
    ['assignee', 'receiver', 'bestPlaced', 'holder', 'released'].includes(audience) && event.thing === 'task';
  const about = taskId ?? (ofTask ? event.thingId : null);
  const topic = topicOf(telling, audience, personId);
  return messageOn(event, {
    ...{ personId, ...words, topic, isNew: personId !== event.actorId },
    ...{ collected: collectedIn(telling, topic), wechat: tellingFor(event, audience, people) },
    ...(about !== null ? { about: 'task', aboutId: about } : { about: 'order', aboutId: event.aggregateId }),
  });
}

const askedHow: Readonly<Partial<Record<Audience, readonly TaskWaiting['how'][]>>> = {
  ...{ assignee: ['assigned'], receiver: ['handOver', 'assigned'], bestPlaced: ['open'] },
  clockHolder: ['assigned', 'open'],
};

/** Who is asked to claim opens the task, as in WeChat: the order itself he may not be able to read before he has it in hand. */
async function tasksAsked(
  { db, event }: Telling,
  audience: Audience,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const hows = audience === 'clockHolder' && event.facts?.['clock'] !== 'claim' ? undefined : askedHow[audience];
  if (!hows) return new Map();
  const pairs = personIds.map((personId) => ({ orderId: event.aggregateId, personId }));
  const waiting = (await tasksWaitingFor(db, pairs)).filter(({ how }) => hows.includes(how));
  return new Map(waiting.reverse().map(({ personId, id }) => [personId, id]));
}

interface Telling {
  db: Db;
  event: DomainEvent;
  people: People;
  reference: Reference;
}

async function membersOf(telling: Telling, audience: Audience): Promise<readonly string[]> {
  const { db, event, people } = telling;
  const factId = (name: string): string[] => (typeof event.facts?.[name] === 'string' ? [event.facts[name]] : []);
  const taskIds = Array.isArray(event.facts?.['taskIds']) ? event.facts['taskIds'] : [];
  switch (audience) {
    case 'requester':
      return people.requesterIds;
    case 'meToo':
      return [...people.meTooIds, ...people.partyIds];
    case 'desk':
      if (alertsBoth(event, people)) return [...people.deskIds, ...people.parentDeskIds];
      return arrivals.includes(keyOf(event)) ? onDuty(db, people, event.at) : people.deskIds;
    case 'holder':
      return people.holderIds;
    case 'handler':
      return people.handlerIds;
    case 'released':
      return releasedFrom(db, event.thingId, event.at);
    case 'assignee':
      return people.assigneeIds;
    case 'successor':
      return (await Promise.all(factId('postId').map((postId) => successors(telling, postId)))).flat();
    case 'receiver':
      return factId('toPersonId');
    case 'bestPlaced':
      return (await Promise.all(taskIds.map((taskId) => bestPlaced(db, taskId, event.at)))).flat();
    case 'clockHolder':
      return clockHolders(db, event, people);
    case 'overduePeople':
      return overduePeople(event, people);
  }
}

const successors = ({ db, event: { aggregateId: orderId, at }, reference }: Telling, postId: string) =>
  successorsWhoSee(db, { postId, orderId, at }, reference);

/** 值班: a new order is told to one of the desk, week by week the next of those who are there, and not to all. */
async function onDuty(db: Db, { deskIds }: People, at: Date): Promise<readonly string[]> {
  const away = await awayAmong(db, deskIds, at);
  const there = deskIds.filter((id) => !away.has(id)).sort();
  const week = Math.floor((chinaDay(at.getTime()) + 3) / 7);
  const one = there[week % there.length];
  return one === undefined ? deskIds : [one];
}

/** 特急: village and town are alerted together, whoever acts first holds it (domain.md §3.2 `place`). */
const alertsBoth = ({ action }: DomainEvent, { urgency, confidential }: People): boolean =>
  action === 'place' && urgency === 'emergency' && !confidential;

const desks = ['study', 'dispatch', 'verify', 'review', 'asking'];

/** Overdue is the affair of whoever holds that clock (domain.md §4). */
async function clockHolders(db: Db, event: DomainEvent, people: People): Promise<readonly string[]> {
  const clock = String(event.facts?.['clock']);
  if (desks.includes(clock)) return people.deskIds;
  if (clock === 'feedback') return Number(event.facts?.['rung']) === 0 ? people.requesterIds : people.deskIds;
  if (clock !== 'claim') return people.holderIds;
  const best = await bestPlaced(db, event.thingId, event.at);
  return people.assigneeIds.length > 0 ? people.assigneeIds : best;
}

/** Holder, then desk, then the desk above: one level a day. */
function overduePeople(event: DomainEvent, people: People): readonly string[] {
  const days = Number(event.facts?.['rung'] ?? 0) - 1;
  if (days <= 0) return [];
  return days === 1 ? people.deskIds : [...people.deskIds, ...people.parentDeskIds];
}
