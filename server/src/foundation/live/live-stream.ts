import type { LiveTopic } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import type { Reading } from '../database/connect';

/** `id` null: one of those that he sees has changed, or has gone from his sight; which one is not said. */
export interface Notice {
  readonly topic: LiveTopic;
  readonly id: string | null;
}

/** Who hears of something: decided by the same row rules as the endpoints that are asked afterwards. */
export type Hearing = (caller: Caller) => readonly Notice[];

/** What has come into the database since some moment. */
export interface Happened<Item> {
  readonly items: readonly Item[];
  /** The database's time: whatever it held by then is among these or came earlier. */
  readonly at: Date;
  /** Something of it was not read and never will be. */
  readonly cutShort: boolean;
  /** Something of it was not read yet: it comes later. */
  readonly behind: boolean;
}

interface Source<Item> {
  readonly topics: readonly LiveTopic[];
  /** Looked at so often at most, in milliseconds. */
  readonly every: number;
  /** `since` null: just now. */
  since(reading: Reading, since: Date | null): Promise<Happened<Item>>;
  /** What makes one of them another event than before. */
  keyOf(item: Item): string;
  /** Reads what they are about once, for however many listen; then it is arithmetic. */
  hearing(reading: Reading, items: readonly Item[]): Promise<Hearing>;
}

export interface Heard {
  readonly at: Date;
  /** Null: nothing has happened. */
  readonly hearing: Hearing | null;
}

/** Something that goes on in the database, as the live desk listens to it. */
export interface LiveStream {
  readonly topics: readonly LiveTopic[];
  readonly every: number;
  /** What came since the last time, each once. Until `told` is called it is among what is answered the next time too. */
  follow(): { next(reading: Reading): Promise<Heard>; told(): void };
  /** What came since then, for somebody who was away. */
  since(reading: Reading, since: Date): Promise<Hearing | null>;
}

/** What cannot be read so often in a row will not be read the next time either. */
const patience = 3;
/** Longer than anything is read again, in milliseconds. */
const remembered = 30_000;
/** Whoever is behind for so long (ms) says that anything may have changed. */
const mostBehind = 30_000;

/** `keyOf` and the moments make sure that whoever listens misses nothing (see the sources) and hears nothing twice. */
export function streamOf<Item>(source: Source<Item>): LiveStream {
  const { topics, every, keyOf } = source;
  const notices = topics.map((topic): Notice => ({ topic, id: null }));
  const anything: Hearing = () => notices;

  const follow = () => {
    /** What was told, and when it was last read: it may be cut off and come into sight again. */
    const known = new Map<string, number>();
    let position: Date | null = null;
    let untold: Item[] = [];
    let tooMany = false;
    let failures = 0;
    let behindFrom: number | null = null;
    const isLongBehind = (behind: boolean): boolean => {
      const now = performance.now();
      behindFrom = behind ? (behindFrom ?? now) : null;
      if (behindFrom === null || now - behindFrom < mostBehind) return false;
      behindFrom = now;
      return true;
    };
    const hearing = async (reading: Reading): Promise<Hearing | null> => {
      if (tooMany || failures >= patience) return anything;
      if (untold.length === 0) return null;
      try {
        return await source.hearing(reading, untold);
      } catch (error) {
        failures += 1;
        throw error;
      }
    };
    const next = async (reading: Reading): Promise<Heard> => {
      const { items, at, cutShort, behind } = await source.since(reading, position);
      const fresh = items.filter((item) => !known.has(keyOf(item)));
      for (const item of items) known.set(keyOf(item), at.getTime());
      for (const [key, readAt] of known) if (readAt < at.getTime() - remembered) known.delete(key);
      position = at;
      tooMany = isLongBehind(behind) || cutShort || tooMany;
      untold = tooMany ? [] : [...untold, ...fresh];
      return { at, hearing: await hearing(reading) };
    };
    const told = () => {
      untold = [];
      tooMany = false;
      failures = 0;
    };
    return { next, told };
  };

  return {
    ...{ topics, every, follow },
    since: async (reading, since) => {
      const { items, cutShort, behind } = await source.since(reading, since);
      if (cutShort || behind) return anything;
      return items.length === 0 ? null : source.hearing(reading, items);
    },
  };
}
