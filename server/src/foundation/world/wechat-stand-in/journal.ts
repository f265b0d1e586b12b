import type { Clock } from '../clock';

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

/** A bench asks for hours; nobody reads more than the last of it. */
const most = 20_000;

export function makeJournal(clock: Clock): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    unknownFields: [],
    begin: (call) => {
      const entry: JournalEntry = { at: clock.now(), call, outcome: 'unanswered' };
      entries.push(entry);
      if (entries.length > most) entries.splice(0, most / 2);
      return entry;
    },
  };
}
