import type { LiveTopic } from '@sandan/shared/live/live.words';
import type { Caller } from '../access/caller';
import type { Reading } from '../database/connect';
import type { LiveEvent } from './feed';

/** `id` null: one of those that he sees has changed, or has gone from his sight; which one is not said. */
export interface Notice {
  topic: LiveTopic;
  id: string | null;
}

/** Who hears of something: decided by the same row rules as the endpoints that are asked afterwards. */
export type Hearing = (caller: Caller) => Notice[];

/** What a room tells the live desk. */
export interface LiveSource {
  /** Of these things' history. */
  readonly things: readonly string[];
  /** Reads what the events are about once, for however many listen; then it is arithmetic. */
  hearing(reading: Reading, events: readonly LiveEvent[]): Promise<Hearing>;
}
