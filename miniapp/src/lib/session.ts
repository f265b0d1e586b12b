import { create } from 'zustand';
import type { ReplyFrom } from './endpoints';
import { request } from './endpoints';
import { adoptLargeType, choicesNow } from './large-type';
import { platform } from './platform/platform';
import { dropStored, readStored, writeStored } from './storage';
import { ApiProblem, isPassing, unlessPassing } from './answer';
import { dropCarried } from './carried-names';

export type Me = ReplyFrom<'people.me'>;
export type Tab = Me['tabs'][number];

/** How the person signed in, and so how the app signs him in again without asking. */
type Way = { readonly by: 'wechat' } | { readonly by: 'demo'; readonly key: string } | { readonly by: 'desktop' };

interface Kept {
  readonly token: string;
  readonly way: Way;
  /** The last answer of GET /api/me: a cold start draws tabs and name from it at once. */
  readonly me: Me;
}

interface Session {
  readonly kept: Kept | null;
  /** Why nobody is signed in: the person left by himself, or the server no longer knows him. */
  readonly out: 'left' | 'ended' | 'endedAtComputer' | null;
}

const storedAs = 'session.1';

export const useSession = create<Session>(() => ({ kept: readStored<Kept>(storedAs), out: null }));

/** Asks the server who `token` is, and keeps the answer. `as`: only if it is this person. */
async function learnMe(token: string, way: Way, as?: string): Promise<Me> {
  const choices = choicesNow();
  const me = await request(token, 'people.me');
  if (as !== undefined && me.personId !== as) throw new ApiProblem(401, 'session.expired', '登录已过期，请重新登录');
  const kept = { token, way, me };
  writeStored(storedAs, kept);
  useSession.setState({ kept, out: null });
  adoptLargeType(me.largeType, choices, token);
  return me;
}

const forget = (out: 'left' | 'ended' | 'endedAtComputer'): void => {
  dropStored(storedAs);
  dropCarried();
  useSession.setState({ kept: null, out });
};

export const tokenNow = (): string | null => useSession.getState().kept?.token ?? null;
export const personNow = (): string | null => useSession.getState().kept?.me.personId ?? null;

export const meNow = (): Me | null => useSession.getState().kept?.me ?? null;

/** Me, for screens that only exist for somebody signed in; null for the moment of signing out. */
export const useMe = (): Me | null => useSession((session) => session.kept?.me ?? null);

async function freshToken(way: Way): Promise<string> {
  // A computer signs nobody in by itself: the phone says yes each time.
  if (way.by === 'desktop') throw new ApiProblem(401, 'session.expired', '登录已过期，请重新登录');
  if (way.by === 'demo') return (await request(null, 'people.signInAsDemo', { body: { key: way.key } })).token;
  const code = await platform.loginCode();
  if (code === null) throw new ApiProblem(401, 'session.missing', '请先登录');
  return (await request(null, 'people.signInWithWechat', { body: { code } })).token;
}

/** `as`: only as this person, when somebody's session is renewed. */
const signIn = async (way: Way, as?: string): Promise<Me> => learnMe(await freshToken(way), way, as);

export const signInWithWechat = (): Promise<Me> => signIn({ by: 'wechat' });
/** With the token that a phone's yes, or a printed link, was changed for. */
export const enterAtDesktop = (token: string): Promise<Me> => learnMe(token, { by: 'desktop' });
export const signInAsDemo = (key: string): Promise<Me> => signIn({ by: 'demo', key });

/** The server does not know the token, or no longer. */
export const isOver = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401;

let renewing: Promise<string> | null = null;

/**
 * The server refused `stale`: signs the same person in again without asking, once for everybody who waits.
 * Where that is refused too, the session is over and the error of the sign-in is thrown.
 */
export function renewToken(stale: string | null): Promise<string> {
  const { kept } = useSession.getState();
  if (!kept) return Promise.reject(new ApiProblem(401, 'session.missing', '请先登录'));
  if (kept.token !== stale) return Promise.resolve(kept.token); // somebody else was quicker
  renewing ??= renewed(kept).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewed(kept: Kept): Promise<string> {
  try {
    await signIn(kept.way, kept.me.personId);
    return tokenNow() ?? '';
  } catch (error) {
    if (error instanceof ApiProblem && !isPassing(error))
      forget(kept.way.by === 'desktop' ? 'endedAtComputer' : 'ended');
    throw error;
  }
}

/** Asks who I am now: roles and tabs may have changed since. Without network the kept answer stands. */
export async function refreshMe(): Promise<void> {
  const token = tokenNow();
  const { kept } = useSession.getState();
  if (!token || !kept) return;
  try {
    await learnMe(token, kept.way);
  } catch (error) {
    if (!isOver(error)) return unlessPassing(error);
    await renewToken(token).catch((refusal: unknown) => {
      if (tokenNow() !== null) unlessPassing(refusal); // else it is over, and the page leaves for the sign-in page
    });
  }
}

/** By a phone's yes, or a printed link: this is an office's computer, and others sit at it too. */
export const isAtComputer = (): boolean => useSession.getState().kept?.way.by === 'desktop';

const workEveryMs = 4 * 60_000;
let workAt = 0;

/** Whoever types at a computer is not idle, though nothing is sent for an hour: his session must not end under his hands. */
export function noteWork(): void {
  if (!isAtComputer() || Date.now() - workAt < workEveryMs) return;
  workAt = Date.now();
  void refreshMe();
}

/** Ends the session here; on a phone, drafts and the queue stay with the person and wait for him. */
export async function signOut(): Promise<void> {
  const token = tokenNow();
  forget('left');
  if (!token) return;
  await request(token, 'people.signOut', { body: {} }).catch((error: unknown) => {
    if (!isOver(error)) unlessPassing(error); // unsaid, the token dies of idleness
  });
}
