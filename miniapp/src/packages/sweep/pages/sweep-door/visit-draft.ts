import type { Answer } from '@sandan/shared/sweeps/sweep-form';
import type { PersonStanding, SweepKind, VisitResult } from '@sandan/shared/sweeps/sweep.words';
import type { SweepQuestion } from '../../../../features/sweeps/sweep';
import type { SentTo } from '../../../../lib/endpoints';
import { said } from '../../../../lib/said';

/** A visit as it is being written down; what was typed as it was typed. */
export interface VisitDraft {
  readonly result: VisitResult | null;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly peopleMet: string;
  readonly confirmedIds: readonly string[];
  readonly additions: string;
  readonly standings: Readonly<Record<string, PersonStanding>>;
  readonly placeId: string | null;
  readonly relatives: string;
  readonly words: string;
  readonly photoIds: readonly string[];
}

export const emptyVisit: VisitDraft = {
  ...{ result: null, answers: {}, peopleMet: '', confirmedIds: [], additions: '', standings: {}, placeId: null },
  ...{ relatives: '', words: '', photoIds: [] },
};

type Body = NonNullable<SentTo<'sweeps.record'>['body']>;

/** What is sent; what is no number goes as typed wrong, so that the server says at the question what to do. */
function answersOf({ answers }: VisitDraft, questions: readonly SweepQuestion[]): Body['answers'] {
  return Object.fromEntries(
    questions.flatMap(({ id, kind }) => {
      const answer = answers[id];
      if (answer === undefined || answer === '') return [];
      return [[id, kind === 'number' ? numberOf(String(answer)) : answer] as const];
    }),
  );
}
const numberOf = (typed: string): number => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : -1);

export function visitBody(fields: VisitDraft, kind: SweepKind, questions: readonly SweepQuestion[]): Body {
  const { result, standings, placeId, relatives, words, photoIds, confirmedIds, additions, peopleMet } = fields;
  const persons = Object.entries(standings).map(([personId, standing]) => ({
    ...{ personId, standing },
    ...(standing === 'moved' && placeId !== null ? { placeId } : {}),
    ...(standing === 'relatives' ? said('words', relatives) : {}),
  }));
  const seen = peopleMet.trim() === '' ? {} : { peopleMet: numberOf(peopleMet) };
  return {
    visitedAt: new Date().toISOString(),
    ...(kind === 'rollCall' && persons.length > 0 ? { persons } : { result: result ?? undefined }),
    ...(result === 'met' ? { answers: answersOf(fields, questions), ...seen, confirmedIds: [...confirmedIds] } : {}),
    ...{ ...said('additions', additions), ...said('words', words), photoIds: [...photoIds] },
  };
}

/** What has yet to be said; the server checks all of it again. */
export function missingIn(fields: VisitDraft, kind: SweepKind): string | null {
  const standings = Object.values(fields.standings);
  if (kind === 'rollCall' && standings.length > 0)
    return standings.includes('moved') && fields.placeId === null ? '请选转移到哪个安置点' : null;
  return fields.result === null ? '请先点这次见到没有' : null;
}
