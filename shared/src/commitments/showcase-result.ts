/** Weights of all criteria together. */
export const wholeWeight = 100;
/** From so many judges on the highest and the lowest are dropped. */
export const judgesToDrop = 5;
/** 群众评诺 is a criterion of its own: percent of the whole unless the town says otherwise (domain.md §5.2). */
export const usualResidentShare = 30;

export interface Criterion {
  readonly name: string;
  /** Percent of what the judges say. */
  readonly weight: number;
}

export interface Score {
  readonly judgeId: string;
  readonly organizationId: string;
  /** 0–100 per criterion, in their order. */
  readonly marks: readonly number[];
}

export interface Contestant {
  readonly organizationId: string;
  /** The residents' mean of 1–5 stars; null where fewer than five have rated. */
  readonly stars: number | null;
}

export interface Place {
  readonly organizationId: string;
  /** 1 is the best; equal totals share a place. */
  readonly place: number;
  /** 0–100, two decimals. */
  readonly total: number;
  readonly judges: number;
  /** Judges' mean after dropping; null where nobody scored. */
  readonly judged: number | null;
  readonly residents: number | null;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const weighted = ({ marks }: Score, criteria: readonly Criterion[]): number =>
  criteria.reduce((sum, { weight }, index) => sum + ((marks[index] ?? 0) * weight) / wholeWeight, 0);

/** Highest and lowest dropped when there are at least five judges. */
function judgedBy(totals: readonly number[]): number | null {
  if (totals.length === 0) return null;
  const sorted = [...totals].sort((one, other) => one - other);
  return mean(sorted.length >= judgesToDrop ? sorted.slice(1, -1) : sorted);
}

/**
 * The places of a showcase. Residents' stars (1–5 as 0–100) make `residentShare` percent; where too few have rated, the
 * judges' word is the whole, so that a small village does not lose by its size.
 */
export function showcaseResult(
  contestants: readonly Contestant[],
  scores: readonly Score[],
  { criteria, residentShare }: { criteria: readonly Criterion[]; residentShare: number },
): Place[] {
  const totals = contestants.map(({ organizationId, stars }) => {
    const own = scores.filter((score) => score.organizationId === organizationId);
    const judged = judgedBy(own.map((score) => weighted(score, criteria)));
    const residents = stars === null ? null : ((stars - 1) / 4) * 100;
    const share = residents === null ? 0 : residentShare / 100;
    const total = (judged ?? 0) * (1 - share) + (residents ?? 0) * share;
    return {
      ...{ organizationId, judges: own.length, total: rounded(total) },
      judged: judged === null ? null : rounded(judged),
      residents: residents === null ? null : rounded(residents),
    };
  });
  return totals
    .map((each) => ({ ...each, place: 1 + totals.filter(({ total }) => total > each.total).length }))
    .sort((one, other) => one.place - other.place || (one.organizationId < other.organizationId ? -1 : 1));
}
