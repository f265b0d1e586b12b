import { numberOf } from '../../../features/commitments/number-of';

/** The marks of one contestant as they were typed, in the order of the criteria; '' is not given yet. */
export interface ScoreDraft {
  readonly marks: readonly string[];
}

export const emptyScore: ScoreDraft = { marks: [] };
export const best = 100;
/** Where − and + begin when nothing stands there. */
export const usual = 80;

/** The draft of a judge for one contestant; in the queue it is known by the same name. */
export const scoreFormOf = (showcaseId: string, organizationId: string): string =>
  `showcase.score.${showcaseId}.${organizationId}`;

/** A whole number of 0–100; null when it is none. */
export function markOf(typed = ''): number | null {
  const mark = numberOf(typed);
  return mark !== null && Number.isInteger(mark) && mark <= best ? mark : null;
}

export const withMark = ({ marks }: ScoreDraft, count: number, at: number, typed: string): ScoreDraft => ({
  marks: Array.from({ length: count }, (_, index) => (index === at ? typed : (marks[index] ?? ''))),
});

/** One up or down from what stands there. */
export function stepped(typed: string | undefined, by: 1 | -1): string {
  const mark = markOf(typed);
  return String(mark === null ? usual : Math.max(0, Math.min(best, mark + by)));
}

/** What is wrong with each mark, by its place; empty when all may be sent. */
export function wrongMarks({ marks }: ScoreDraft, count: number): Readonly<Record<number, string>> {
  const wrong = Array.from({ length: count }, (_, index) => index).filter((index) => markOf(marks[index]) === null);
  return Object.fromEntries(wrong.map((index) => [index, marks[index] ? '填 0 到 100 的整数' : '还没打分']));
}
