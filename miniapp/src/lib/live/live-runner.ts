import Taro from '@tarojs/taro';
import {
  livePath,
  liveTopics,
  type LiveBeat,
  type LiveHello,
  type LiveMessage,
  type LiveTopic,
} from '@sandan/shared/live/live.words';
import { call } from '../client';
import { newId } from '../ids';
import { platform } from '../platform/platform';
import { personNow, useSession } from '../session';
import { socketAddress } from '../transport';
import * as live from './live-line';
import { noLine, type Chance, type Deed, type Line, type Next } from './live-line';

type Listener = (topic: LiveTopic, ids: readonly string[]) => void;

/** Nobody looks for a moment while one page gives way to another. */
const lingerMs = 5_000;

let line: Line = noLine;
let socket: Taro.SocketTask | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
let leaving: ReturnType<typeof setTimeout> | null = null;
let shown = true;
/** And whether somebody looks who wants to hear of it at once: for him the line is held. */
const listeners = new Map<Listener, boolean>();

const chance = (): Chance => ({ now: Date.now(), random: Math.random() });

function go({ line: next, deeds }: Next): void {
  line = next;
  for (const deed of deeds) carryOut(deed);
  if (timer) clearTimeout(timer);
  const at = live.wakeAt(line);
  timer = at === null ? null : setTimeout(() => go(live.ticked(line, chance())), Math.max(0, at - Date.now()));
}

function carryOut(deed: Deed): void {
  if (deed.do === 'ask') return void ask(line.attempt);
  if (deed.do === 'open') return void open(deed, line.attempt);
  if (deed.do === 'close') return close();
  if (deed.do === 'beat') return say({ kind: 'beat' });
  if (deed.do === 'tell') tell(deed);
}

function tell(deed: Extract<Deed, { do: 'tell' }>): void {
  const topics = deed.topic === null ? liveTopics : [deed.topic];
  for (const topic of topics) for (const listener of listeners.keys()) listener(topic, deed.ids);
}

/** Only for the attempt that it was begun for: another may be under way by now. */
const during = (attempt: number, next: () => Next): void => {
  if (line.attempt === attempt) go(next());
};

/** Whatever stands against it, screens are read as ever; what the person must know is said there. */
async function ask(attempt: number): Promise<void> {
  try {
    const ticket = await call('live.ticket', { body: { actionId: newId() } });
    during(attempt, () => live.ticketCame(line, ticket, chance()));
  } catch {
    during(attempt, () => live.lost(line, null, chance()));
  }
}

async function open(hello: LiveHello, attempt: number): Promise<void> {
  const gone = (code: number | null) => during(attempt, () => live.lost(line, code, chance()));
  try {
    const task = await Taro.connectSocket({ url: socketAddress(livePath), tcpNoDelay: true });
    if (line.attempt !== attempt) return void task.close({});
    socket = task;
    task.onOpen(() => say({ ticket: hello.ticket, since: hello.since }));
    task.onMessage(({ data }: { data: string }) =>
      during(attempt, () => live.heard(line, JSON.parse(data) as LiveMessage, chance())),
    );
    task.onClose(({ code }: { code?: number }) => gone(code ?? null));
    task.onError(() => gone(null));
  } catch {
    gone(null); // an old phone without sockets, or five of them open already
  }
}

const say = (words: LiveHello | LiveBeat): void =>
  // A socket that cannot be spoken to says so by closing.
  void socket?.send({ data: JSON.stringify(words), fail: () => undefined });

function close(): void {
  const task = socket;
  socket = null;
  task?.close({});
}

const isHeld = (): boolean => [...listeners.values()].includes(true);
const wants = (): boolean => shown && isHeld() && personNow() !== null;
const look = (): void => go(live.wanted(line, wants(), chance()));

/** Calls `listener` with what changes until it is given back. `aside`: only while somebody else has the line held. */
export function listen(listener: Listener, aside = false): () => void {
  listeners.set(listener, !aside);
  if (leaving) clearTimeout(leaving);
  look();
  return () => {
    listeners.delete(listener);
    if (!isHeld()) leaving = setTimeout(look, lingerMs);
  };
}

/** WeChat suspends an app five seconds after it is hidden: the line is given up, and taken up again where it was. */
export function liveIsShown(now: boolean): void {
  shown = now;
  look();
}

/** Called once, at the start. */
export function watchLive(): void {
  platform.onNetworkChange((online) => {
    if (online) go(live.hurried(line, chance()));
  });
  useSession.subscribe((now, before) => {
    if (now.kept?.me.personId === before.kept?.me.personId) return;
    go(live.wanted(line, false, chance())); // another person hears other things
    line = { ...line, since: null };
    look();
  });
}
