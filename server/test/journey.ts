import { ulid } from 'ulid';
import type { EndpointKey, EndpointOf } from '@sandan/shared/api';
import type { Endpoint, SentOf } from '@sandan/shared/endpoint';
import type { ProblemCode } from '@sandan/shared/problems';
import type { Client, ProblemReply, Reply } from './client';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

export const minutes = 60_000;
export const hours = 60 * minutes;
export const days = 24 * hours;

/** The actions of a room: what is posted to one thing under an id of the caller's. */
type ActionKey<Room extends 'orders' | 'tasks'> = {
  [Key in EndpointKey]: Key extends `${Room}.${infer Name}`
    ? SentOf<EndpointOf<Key>>['body'] extends { actionId: string }
      ? Name
      : never
    : never;
}[EndpointKey];
export type OrderDeed = ActionKey<'orders'>;
export type TaskDeed = ActionKey<'tasks'>;

type BodyOf<E extends Endpoint> = Omit<SentOf<E>['body'], 'actionId'>;
type OrderBody<Deed extends OrderDeed> = BodyOf<EndpointOf<`orders.${Deed}`>>;
type TaskBody<Deed extends TaskDeed> = BodyOf<EndpointOf<`tasks.${Deed}`>>;

type Placing = SentOf<EndpointOf<'orders.place'>>['body'];
type NewTask = SentOf<EndpointOf<'orders.dispatch'>>['body']['tasks'][number];

/** What came of an attempt: the reply, or why not. */
export interface Attempt {
  status: number;
  code?: ProblemCode;
  problem?: ProblemReply;
  state?: string;
  allows?: readonly string[];
}

/**
 * An order's way through one town, told in the village's words, for tests: `does` expects success, `cannot` a refusal,
 * `tries` takes either. `to…` walk the usual way up to that point.
 */
export function journeyIn(server: TestServer, town: Town) {
  const who = (person: PersonName | Client): Client => (typeof person === 'string' ? town.as(person) : person);
  type Doer = PersonName | Client;

  const post = async (person: Doer, key: string, params: Record<string, string>, body: object): Promise<Attempt> => {
    const call = who(person).call as (key: string, sent: object) => Promise<Reply<{ state: string; allows: string[] }>>;
    const { status, data, problem } = await call(key, { params, body: { actionId: ulid(), ...body } });
    return problem ? { status, code: problem.code, problem } : { status, ...data };
  };
  const succeeded = (attempt: Attempt, what: string): Attempt => {
    if (attempt.problem) throw new Error(`${what} was refused: ${JSON.stringify(attempt.problem)}`);
    return attempt;
  };
  const refused = (attempt: Attempt, what: string): ProblemCode => {
    if (!attempt.code) throw new Error(`${what} was not refused: ${JSON.stringify(attempt)}`);
    return attempt.code;
  };

  const tries = <Deed extends OrderDeed>(person: Doer, deed: Deed, orderId: string, body: OrderBody<Deed>) =>
    post(person, `orders.${deed}`, { orderId }, body);
  const does = async <Deed extends OrderDeed>(person: Doer, deed: Deed, orderId: string, body: OrderBody<Deed>) =>
    succeeded(await tries(person, deed, orderId, body), deed);
  const cannot = async <Deed extends OrderDeed>(person: Doer, deed: Deed, orderId: string, body: OrderBody<Deed>) =>
    refused(await tries(person, deed, orderId, body), deed);

  const triesTask = <Deed extends TaskDeed>(person: Doer, deed: Deed, taskId: string, body: TaskBody<Deed>) =>
    post(person, `tasks.${deed}`, { taskId }, body);
  const doesTask = async <Deed extends TaskDeed>(person: Doer, deed: Deed, taskId: string, body: TaskBody<Deed>) =>
    succeeded(await triesTask(person, deed, taskId, body), deed);
  const cannotTask = async <Deed extends TaskDeed>(person: Doer, deed: Deed, taskId: string, body: TaskBody<Deed>) =>
    refused(await triesTask(person, deed, taskId, body), deed);

  const inHours = (count: number): string => new Date(server.clock.now() + count * hours).toISOString();
  const solved = { outcome: 'solved', words: '修好了。', noPhotoReason: 'nothingVisible' } as const;
  const content = { contacted: true, solved: true, stars: 5 } as const;

  const place = async (body: Partial<Placing> = {}, person: Doer = 'resident'): Promise<string> => {
    const orderId = ulid();
    const sent = { categoryId: 'streetLight', words: '路灯不亮了', ...body };
    await who(person).ok('orders.place', { params: { orderId }, body: sent });
    return orderId;
  };
  const toAccepted = async (body: Partial<Placing> = {}): Promise<string> => {
    const orderId = await place(body);
    await does('deskLead', 'accept', orderId, {});
    return orderId;
  };
  /** One task, open to the village unless said otherwise. */
  const send = async (orderId: string, task: Partial<NewTask> = {}, person: Doer = 'deskLead'): Promise<string> => {
    const wanted = { id: ulid(), mode: 'open', ...task } as NewTask;
    await does(person, 'dispatch', orderId, { tasks: [wanted] });
    return wanted.id;
  };
  const toDispatched = async (task: Partial<NewTask> = {}, body: Partial<Placing> = {}) => {
    const orderId = await toAccepted(body);
    return { orderId, taskId: await send(orderId, task) };
  };
  const claim = (taskId: string, person: Doer = 'member2') =>
    doesTask(person, 'claim', taskId, { promisedAt: inHours(5) });
  const toClaimed = async (person: Doer = 'member2', body: Partial<Placing> = {}) => {
    const out = await toDispatched({}, body);
    await claim(out.taskId, person);
    return out;
  };
  const report = (taskId: string, person: Doer = 'member2', more: Partial<TaskBody<'report'>> = {}) =>
    doesTask(person, 'report', taskId, { ...solved, ...more });
  const toReported = async (more: Partial<TaskBody<'report'>> = {}, body: Partial<Placing> = {}) => {
    const out = await toClaimed('member2', body);
    await report(out.taskId, 'member2', more);
    return out;
  };
  const toConfirmed = async () => {
    const out = await toReported();
    await does('resident', 'confirm', out.orderId, content);
    return out;
  };

  return {
    ...{ does, cannot, tries, doesTask, cannotTask, triesTask, inHours, solved, content },
    ...{ place, toAccepted, send, toDispatched, claim, toClaimed, report, toReported, toConfirmed },
    read: (orderId: string, person: Doer = 'townDispatcher') => who(person).ok('orders.read', { params: { orderId } }),
    readTask: async (taskId: string, person: Doer = 'townDispatcher') =>
      (await who(person).ok('tasks.read', { params: { taskId } })).task,
    /** Time passes and what is due in this town happens. */
    wait: async (milliseconds: number) => {
      server.clock.advance(milliseconds);
      await server.drain(town.townId);
    },
    drain: () => server.drain(town.townId),
  };
}

export type Journey = ReturnType<typeof journeyIn>;
