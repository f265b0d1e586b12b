import type { VisitNeed, VisitResult } from '@sandan/shared/households/visit.words';
import type { SentTo } from '../../../../lib/endpoints';

/** 走访, as it is filled in. */
export interface VisitFields {
  readonly result: VisitResult | null;
  /** 2026-11-23; '' is today, now. */
  readonly day: string;
  readonly metPersonId: string | null;
  readonly metWords: string;
  readonly words: string;
  readonly needs: readonly VisitNeed[];
  readonly photoIds: readonly string[];
}

export const emptyVisit: VisitFields = {
  ...{ result: null, day: '', metPersonId: null, metWords: '', words: '', needs: [], photoIds: [] },
};

type Body = Omit<NonNullable<SentTo<'visits.record'>['body']>, 'householdId'>;

/** At noon of another day, or at this very moment. */
const instantOf = (day: string, today: string, now: number): string =>
  day === '' || day === today ? new Date(now).toISOString() : `${day}T04:00:00.000Z`;

/** What is sent. Who was met and what is needed belong to a visit that found somebody. */
export function visitBody(fields: VisitFields, today: string, now: number): Body {
  const { result, day, metPersonId, metWords, words, needs, photoIds } = fields;
  if (result === null) throw new Error('The result was not asked for');
  const found = result === 'met' || result === 'phone';
  return {
    result,
    at: instantOf(day, today, now),
    ...(found && metPersonId !== null ? { metPersonId } : {}),
    ...(found && metPersonId === null && metWords.trim() !== '' ? { metWords: metWords.trim() } : {}),
    ...(words.trim() === '' ? {} : { words: words.trim() }),
    needs: found ? [...needs] : [],
    photoIds: [...photoIds],
  };
}
