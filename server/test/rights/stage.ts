import { ulid } from 'ulid';
import type { EndpointKey, EndpointOf } from '@sandan/shared/api';
import type { SentOf } from '@sandan/shared/endpoint';
import { clientOf, type Client, type Reply } from '../client';
import type { TestServer } from '../server';
import type { Town } from '../town';
import type { Outcome, PersonKind, RowKey } from './matrix';
import type { OrderGiven, Put, Standing } from './things';

/** Where scenes are set: one server, one town. */
export interface Stage {
  server: TestServer;
  town: Town;
  put: Put;
}

/** A thing in which the act is legal, and the act: what happens when this person tries it. */
export interface Scene {
  attempt(client: Client, person: PersonKind): Promise<Outcome>;
  /** Whoever is refused leaves this order, or this deed, as it was. */
  orderId?: string;
  commitmentId?: string;
}
export type MakeScene = (stage: Stage) => Promise<Scene>;
export type Scenes = Partial<Record<RowKey, MakeScene>>;

export const clientFor = ({ server, town }: Stage, person: PersonKind): Client =>
  person === 'nobody' ? clientOf(server.url) : town.as(person);

/** What must stand in the answer for it to be more than an empty one. */
type Shows = string | RegExp | undefined;

export function outcomeOf({ data, problem, status }: Reply<unknown>, shows?: Shows): Outcome {
  if (problem) return problem.status === 404 && status === 404 ? 'not found' : problem.code;
  return shows === undefined || JSON.stringify(data).search(shows) >= 0 ? 'yes' : 'empty';
}

type Body<Key extends EndpointKey> = SentOf<EndpointOf<Key>>['body'];
type Sent<Key extends EndpointKey> = {
  [Part in keyof SentOf<EndpointOf<Key>>]?: SentOf<EndpointOf<Key>>[Part];
};

/** A call that is the same for everybody who tries it. */
export const call = async <Key extends EndpointKey>(client: Client, key: Key, sent: Sent<Key>, shows?: Shows) =>
  outcomeOf(await client.call(key, sent), shows);

type Told<T> = T | ((standing: Standing, stage: Stage) => T);
const told = <T>(given: Told<T>, standing: Standing, stage: Stage): T =>
  typeof given === 'function' ? (given as (standing: Standing, stage: Stage) => T)(standing, stage) : given;

type Act = Extract<EndpointKey, `orders.${string}` | `tasks.${string}`>;
type ActBody<Key extends Act> = Omit<Extract<Body<Key>, { actionId: string }>, 'actionId'>;

/** An action on an order, or on its task, that stands as given. */
export const acting =
  <Key extends Act>(key: Key, given: Told<OrderGiven>, body: Told<ActBody<Key>>): MakeScene =>
  async (stage) => {
    const standing = await stage.put(typeof given === 'function' ? given({ orderId: '', taskId: '' }, stage) : given);
    const { orderId, taskId } = standing;
    const params = key.startsWith('tasks.') ? { taskId } : { orderId };
    const attempt = (client: Client) => {
      const sent = { params, body: { ...told(body, standing, stage), actionId: ulid() } };
      return call(client, key, sent as unknown as Sent<Key>);
    };
    return { orderId, attempt };
  };

type Read = Extract<EndpointKey, `orders.${string}` | `tasks.${string}` | 'people.find'>;

/** A question that is answered with the order that stands as given, or without it. */
export const showing =
  <Key extends Read>(key: Key, given: OrderGiven, sent: Told<Sent<Key>>, shows: Told<Shows>): MakeScene =>
  async (stage) => {
    const standing = await stage.put(given);
    return {
      attempt: (client) => call(client, key, told(sent, standing, stage), told(shows, standing, stage)),
    };
  };

/** The order in a list. */
export const itself = ({ orderId }: Standing): string => orderId;

/** Several rows, whatever happens before them. */
export const write = (
  { server }: Stage,
  ...args: Parameters<Parameters<Parameters<TestServer['world']['database']['transaction']>[0]>[0]['insert']>
) => server.world.database.transaction((db) => db.insert(...args));

export const now = ({ server }: Stage): Date => new Date(server.clock.now());
