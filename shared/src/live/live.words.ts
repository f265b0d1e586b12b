/** What both ends of the live socket must agree on (decisions.md §5.9). Ids only: words are asked for by the ordinary endpoints. */
export const livePath = '/api/live';

/** `orders`: orders somebody may read. `tasks`: tasks of the hall, and one's own. `messages`: one's own, which are not named. */
export const liveTopics = ['orders', 'tasks', 'messages'] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** What the server says. `at`: up to where this end has heard everything; said again when it comes back. */
export type LiveMessage =
  | { readonly kind: 'ready' | 'beat'; readonly at: string }
  /** `ids`: which of them; empty: any of them. */
  | { readonly kind: 'changed'; readonly topic: LiveTopic; readonly ids: readonly string[]; readonly at: string };

/** What the app says: the ticket first, then nothing but that it is still there. */
export type LiveHello = { readonly ticket: string; readonly since: string };
export type LiveBeat = { readonly kind: 'beat' };

/** Sent with what a screen asks for by itself while nobody sits at it: that is no use of the session. */
export const unattendedHeader = 'X-Unattended';

/** In milliseconds. */
export const liveTimes = {
  ticket: 30_000,
  /** Without a ticket. */
  hello: 5_000,
  beat: 30_000,
  /** Two beats missed: nobody is there any more. WeChat's sockets cannot show a ping of the protocol. */
  silence: 75_000,
  /** How far back a socket can go on where it was; later everything is read anew. */
  memory: 10 * 60_000,
} as const;

/** Why the server ends a socket. Other codes are the protocol's own. */
export const liveCloses = {
  goingAway: 1001,
  malformed: 1008,
  tryLater: 1013,
  /** No such ticket, or the session behind it is over. */
  sessionOver: 4401,
  /** The same person has too many. */
  tooMany: 4429,
} as const;
