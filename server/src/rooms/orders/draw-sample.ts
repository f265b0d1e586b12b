import { createHash } from 'node:crypto';

/** A closed order as the draw sees it (domain.md §11). */
export interface Candidate {
  id: string;
  villageId: string;
  handlerId: string;
  selfHandled: boolean;
  unanswered: boolean;
  reusedPhoto: boolean;
  outOfReview: boolean;
}

export interface Drawn {
  id: string;
  why: 'sampled' | 'selfHandled' | 'unanswered' | 'reusedPhoto' | 'outOfReview';
}

/** A number in [0, 1) that anybody can compute again from the seed and the order: the draw can be checked by hand. */
const lot = (seed: string, id: string): number =>
  createHash('sha256').update(`${seed}:${id}`).digest().readUInt32BE(0) / 2 ** 32;

/**
 * The seeded random sample: stratified by village and handler, `percent` of each, a double share of what was handled by
 * the desk itself or closed without an answer, and everything with a reused photo or out of a review.
 */
export function drawSample(candidates: readonly Candidate[], seed: string, percent: number): Drawn[] {
  const always = candidates.flatMap((candidate): Drawn[] => {
    if (candidate.outOfReview) return [{ id: candidate.id, why: 'outOfReview' }];
    return candidate.reusedPhoto ? [{ id: candidate.id, why: 'reusedPhoto' }] : [];
  });
  const taken = new Set(always.map(({ id }) => id));
  const rest = candidates.filter(({ id }) => !taken.has(id));
  const doubled = rest.filter(({ selfHandled, unanswered }) => selfHandled || unanswered);
  const plain = rest.filter(({ selfHandled, unanswered }) => !selfHandled && !unanswered);
  return [
    ...always,
    ...stratified(doubled, seed, Math.min(100, percent * 2)).map((candidate): Drawn => ({
      id: candidate.id,
      why: candidate.selfHandled ? 'selfHandled' : 'unanswered',
    })),
    ...stratified(plain, seed, percent).map(({ id }): Drawn => ({ id, why: 'sampled' })),
  ];
}

/**
 * Every village and handler contributes its share: the lots are ordered within each stratum and the strata are walked
 * in turn, so that small ones are not always rounded away. The size is the share of the whole, rounded up.
 */
function stratified(candidates: readonly Candidate[], seed: string, percent: number): Candidate[] {
  const strata = new Map<string, { candidate: Candidate; lot: number }[]>();
  for (const candidate of candidates) {
    const key = `${candidate.villageId} ${candidate.handlerId}`;
    strata.set(key, [...(strata.get(key) ?? []), { candidate, lot: lot(seed, candidate.id) }]);
  }
  const size = Math.ceil((candidates.length * percent) / 100);
  const ranked = [...strata.values()].flatMap((members) =>
    members
      .sort((one, other) => one.lot - other.lot)
      // Position within the stratum as a share of it, then the lot: proportional, and random between strata.
      .map((member, index) => ({ ...member, place: (index + member.lot) / members.length })),
  );
  return ranked
    .sort((one, other) => one.place - other.place)
    .slice(0, size)
    .map(({ candidate }) => candidate);
}
