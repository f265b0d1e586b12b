import { liveCloses, liveTimes, type LiveMessage, type LiveTopic } from '@sandan/shared/live/live.words';

/**
 * The line to the live desk. Pure: every function takes the line as it is and answers it as it becomes, with what is to be
 * done; `live-runner.ts` does it.
 *
 *   off ──▶ asking (a ticket) ──▶ opening ──▶ open
 *    ▲          │ no answer           │          │ lost
 *    │          └──────────▶ resting ◀┴──────────┘
 *    └── nobody looks, or the app is hidden      │ three times in vain: everything is read anew each minute,
 *                                                └ and the socket tried again in five
 */
export interface Line {
  readonly phase: 'off' | 'asking' | 'opening' | 'open' | 'resting';
  /** Counts the attempts, so that what an earlier one still says is not taken for this one's. */
  readonly attempt: number;
  /** Up to where everything was heard; kept over breaks. */
  readonly since: string | null;
  /** In a row. */
  readonly failures: number;
  /** Epoch milliseconds at which something is due: another attempt, or giving up on who says nothing. */
  readonly due: number | null;
  /** When it was opened, by the same clock. */
  readonly openedAt: number;
  /** When the screens are next read anew while there is no line. */
  readonly pollAt: number | null;
}

export type Deed =
  | { readonly do: 'ask' | 'close' | 'beat' }
  | { readonly do: 'open'; readonly ticket: string; readonly since: string }
  /** No ids: any of them. No topic: everything. */
  | { readonly do: 'tell'; readonly topic: LiveTopic | null; readonly ids: readonly string[] };

export interface Next {
  readonly line: Line;
  readonly deeds: readonly Deed[];
}

/** The phone's clock and a number from 0 to 1, so that a thousand phones do not come back in the same second. */
export interface Chance {
  readonly now: number;
  readonly random: number;
}

const seconds = 1_000;
const giveUpAfter = 3;
const answerWithin = 15 * seconds;
const pollEvery = 60 * seconds;
const tryAgainAfter = 5 * 60 * seconds;
/** A line that held for so long was a good one. */
const goodAfter = 30 * seconds;

export const noLine: Line = {
  ...{ phase: 'off', attempt: 0, since: null, failures: 0 },
  ...{ due: null, openedAt: 0, pollAt: null },
};

/** Somebody looks and the app is in front, or no longer. */
export function wanted(line: Line, wants: boolean, chance: Chance): Next {
  if (!wants) {
    const deeds: Deed[] = line.phase === 'off' ? [] : [{ do: 'close' }];
    return { line: { ...line, phase: 'off', due: null, pollAt: null, attempt: line.attempt + 1 }, deeds };
  }
  return line.phase === 'off' ? ask({ ...line, failures: 0 }, chance) : { line, deeds: [] };
}

/** There is a network, perhaps another one than before: no reason to rest, and a line of the one before says nothing any more. */
export function hurried(line: Line, chance: Chance): Next {
  if (line.phase === 'off') return { line, deeds: [] };
  const { line: asking, deeds } = ask({ ...line, failures: 0 }, chance);
  return { line: asking, deeds: line.phase === 'resting' ? deeds : [{ do: 'close' }, ...deeds] };
}

const ask = (line: Line, { now }: Chance): Next => ({
  line: { ...line, phase: 'asking', attempt: line.attempt + 1, due: now + answerWithin },
  deeds: [{ do: 'ask' }],
});

/** `at`: the server's place at the time of the ticket, for a line that has none yet. */
export function ticketCame(line: Line, { ticket, at }: { ticket: string; at: string }, { now }: Chance): Next {
  if (line.phase !== 'asking') return { line, deeds: [] };
  const since = line.since ?? at;
  return {
    line: { ...line, since, phase: 'opening', due: now + answerWithin },
    deeds: [{ do: 'open', ticket, since }],
  };
}

export function heard(line: Line, message: LiveMessage, { now }: Chance): Next {
  if (line.phase !== 'opening' && line.phase !== 'open') return { line, deeds: [] };
  const openedAt = line.phase === 'open' ? line.openedAt : now;
  const open: Line = {
    ...line,
    ...{ phase: 'open', openedAt, since: message.at, due: now + liveTimes.silence, pollAt: null },
  };
  if (message.kind === 'changed')
    return { line: open, deeds: [{ do: 'tell', topic: message.topic, ids: message.ids }] };
  return { line: open, deeds: message.kind === 'beat' ? [{ do: 'beat' }] : [] };
}

/** No ticket, no socket, or a socket that is gone. `code` as the server gave it, where it is known. */
export function lost(line: Line, code: number | null, chance: Chance): Next {
  if (line.phase === 'off' || line.phase === 'resting') return { line, deeds: [] };
  const wasGood = line.phase === 'open' && chance.now - line.openedAt >= goodAfter;
  const counted = wasGood ? 0 : line.failures + 1;
  return rest({ ...line, failures: code === liveCloses.tooMany ? giveUpAfter : counted }, chance);
}

function rest(line: Line, { now, random }: Chance): Next {
  const inVain = line.failures >= giveUpAfter;
  // 1–10 s after a good line, then longer.
  const pause = inVain ? tryAgainAfter * (1 + random / 5) : (1 + 9 * random) * seconds * (1 + line.failures);
  const pollAt = inVain ? (line.pollAt ?? now + pollEvery) : null;
  const resting: Line = { ...line, phase: 'resting', attempt: line.attempt + 1, due: now + pause, pollAt };
  return { line: resting, deeds: [{ do: 'close' }] };
}

/** When to look again. */
export const wakeAt = ({ due, pollAt }: Line): number | null =>
  due === null || pollAt === null ? (due ?? pollAt) : Math.min(due, pollAt);

/** What is due now. */
export function ticked(line: Line, chance: Chance): Next {
  const { now } = chance;
  const poll = line.pollAt !== null && now >= line.pollAt;
  const read: Deed[] = poll ? [{ do: 'tell', topic: null, ids: [] }] : [];
  const polled = poll ? { ...line, pollAt: now + pollEvery } : line;
  if (polled.due === null || now < polled.due) return { line: polled, deeds: read };
  const { line: next, deeds } = polled.phase === 'resting' ? ask(polled, chance) : lost(polled, null, chance);
  return { line: next, deeds: [...read, ...deeds] };
}
