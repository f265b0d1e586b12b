import type { Clock } from '../clock';
import { addTo } from './bounded';

/** One request, in the app's time. */
export interface JournalEntry {
  readonly at: number;
  /** 'GET /sns/jscode2session'. */
  readonly call: string;
  /** WeChat's number (0: done), or what went wrong on the way. */
  outcome: number | string;
  errmsg?: string;
}

export interface Journal {
  readonly entries: JournalEntry[];
  /** 'POST /wxa/msg_sec_check: titel': WeChat ignores such fields; a test should not. */
  readonly unknownFields: string[];
  begin(call: string): JournalEntry;
}

export function makeJournal(clock: Clock): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    unknownFields: [],
    begin: (call) => {
      const entry: JournalEntry = { at: clock.now(), call, outcome: 'unanswered' };
      addTo(entries, entry);
      return entry;
    },
  };
}
