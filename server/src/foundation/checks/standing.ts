import { createHash } from 'node:crypto';
import { checkedFields, type CheckedName } from './checked-fields';
import type { ContentCheck } from './content-check.entity';
import type { CheckVerdict } from './verdict';

const minute = 60_000;
/** After so long without an answer a person looks as well (wechat.md §6.3). */
export const patienceMs = 30 * minute;
/** While WeChat is away it is asked again, less and less often; a day later no more. */
const pausesAway = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * minute);
const longestAway = 24 * 60 * minute;
/** Whose author was not there: he may be back. The desk has it meanwhile. */
const pausesUnjudged = [60, 240, 1440].map((minutes) => minutes * minute);

type Standing = Pick<ContentCheck, 'state' | 'held' | 'atDesk' | 'sampled' | 'nextAt'>;

export interface Course {
  field: CheckedName;
  createdAt: Date;
  /** How often WeChat was asked, this time included. */
  tries: number;
  now: Date;
  /** Of what passes, drawn for a person to look at. */
  sampled: boolean;
}

/** Where a check stands after this verdict, and when it is asked about again. */
export function standingAfter(verdict: CheckVerdict, { field, createdAt, tries, now, sampled }: Course): Standing {
  const drawn = sampled ? 1 : 0;
  if (verdict === 'pass') return { state: 'passed', held: 0, atDesk: drawn || null, sampled: drawn, nextAt: null };
  const undrawn = { sampled: 0, nextAt: null };
  if (verdict === 'doubtful' || verdict === 'risky') return { state: verdict, held: 1, atDesk: 1, ...undrawn };
  const { waits, official = false } = checkedFields[field];
  const held = waits === 'hidden' ? 1 : 0;
  const age = now.getTime() - createdAt.getTime();
  const overdue = verdict === 'unjudged' || age >= patienceMs;
  const pause = verdict === 'unjudged' ? pausesUnjudged[tries - 1] : (pausesAway[tries - 1] ?? pausesAway.at(-1));
  // What an office has written stands under its name: that WeChat cannot judge it is no doubt. Most of it is written in a
  // browser; whoever comes back into the mini-program is asked about anyway (ask-again.ts).
  const stands = official && held === 0;
  const isLast = pause === undefined || age >= longestAway || (verdict === 'unjudged' && stands);
  const again = isLast ? null : new Date(now.getTime() + pause);
  const atDesk = overdue && !stands ? 1 : null;
  return { state: overdue ? 'unjudged' : 'waiting', held, atDesk, sampled: 0, nextAt: again };
}

/** 抽查: by lot, and for one check always the same. */
export const isDrawn = (checkId: string, percent: number): boolean =>
  createHash('sha256').update(checkId).digest().readUInt16BE() % 100 < percent;
