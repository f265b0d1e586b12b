import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Api, BodyOf, Endpoint, FileReply, ParamsOf, QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../access/caller';
import type { Db, Reading } from '../database/connect';
import type { World } from './world';

/** A file on its way out. */
export interface FileAnswer {
  type: string;
  stream: Readable | Buffer;
  bytes?: number | undefined;
  status?: number;
  headers?: Readonly<Record<string, string>>;
}

export type Answer<E extends Endpoint> = E['reply'] extends FileReply ? FileAnswer : ReplyOf<E>;

/** What a handler is given. `body()` throws the 400 when it is first asked for: rights and states answer before it (decisions.md §2.6). */
export interface Call<E extends Endpoint> {
  caller: E['permission'] extends 'anyone' ? Caller | null : Caller;
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: () => BodyOf<E>;
  /** The caller's action id as sent, readable before the body is judged: a repeat is answered first. */
  actionId: string | null;
  now: Date;
  world: World;
  request: IncomingMessage;
}

export type ReadHandler<E extends Endpoint> = (call: Call<E> & { db: Reading }) => Promise<Answer<E>>;
export type WriteHandler<E extends Endpoint> = (call: Call<E> & { db: Db }) => Promise<Answer<E>>;

/**
 * "Outside first, then one transaction": `before` talks to WeChat, sharp, storage and has no way to write; `write` is
 * repeated whole on a conflict; `after` tidies what `before` left, however it ended (decisions.md §1.7).
 */
export interface TwoPhases<E extends Endpoint, Prepared> {
  before: (call: Call<E> & { reading: Reading }) => Promise<Prepared>;
  write: (call: Call<E> & { db: Db; prepared: Prepared }) => Promise<Answer<E>>;
  after?: (prepared: Prepared, failed: boolean, world: World) => Promise<void>;
}

/** Hides the type of what the first phase hands to the second, so that handlers of many kinds fit one table. */
export interface Phased<E extends Endpoint> {
  readonly phases: TwoPhases<E, unknown>;
}
export const outsideFirst = <E extends Endpoint, Prepared>(phases: TwoPhases<E, Prepared>): Phased<E> => ({
  phases: phases as TwoPhases<E, unknown>,
});

export type Handler<E extends Endpoint> = E['method'] extends 'get' ? ReadHandler<E> : WriteHandler<E> | Phased<E>;

/** One registered route: the literal and what runs it. */
export interface Route {
  key: string;
  endpoint: Endpoint;
  handler: Handler<Endpoint>;
}

/** A missing handler, or one with a reply of the wrong shape, does not compile. */
export function implement<const A extends Api>(
  room: string,
  api: A,
  handlers: { readonly [Name in keyof A]: Handler<A[Name]> },
): Route[] {
  return Object.entries(api).map(([name, endpoint]) => ({
    key: `${room}.${name}`,
    endpoint,
    handler: handlers[name] as unknown as Handler<Endpoint>,
  }));
}
