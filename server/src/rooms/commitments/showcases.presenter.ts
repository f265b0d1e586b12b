import type { z } from 'zod';
import { showcaseLifecycle } from '@sandan/shared/commitments/showcase.lifecycle';
import type { Showcase, ShowcaseCard } from '@sandan/shared/commitments/showcases.contract';
import type { Caller } from '../../foundation/access/caller';
import { allowsOfShowcase, dueOf, judgeOf } from './showcases.policy';
import type { ShowcaseRecord } from './showcases.queries';

/** Who gave what is the judge's own affair; the hall sees how many have scored, and at the end the places. */
export function presentShowcase(record: ShowcaseRecord, caller: Caller): z.input<typeof Showcase> {
  const nameOf = (id: string): string => caller.reference.tree.organization(id)?.name ?? '';
  const judges = record.judges.map((judge) => ({ judge, due: dueOf(judge, record, caller.reference) }));
  const mine = judges.find(({ judge }) => judge.personId === caller.personId);
  const progress = judges.map(({ judge: { personId, name }, due }) => {
    return { personId, name, scored: scoredBy(personId, record), due: due.length };
  });
  return {
    ...headOf(record),
    ...{ townId: record.townId, residentShare: record.residentShare, held: record.held !== 0 },
    complainable: record.held === 0 && record.setById !== caller.personId,
    criteria: record.criteria.map(({ name, weight }) => ({ name, weight })),
    contestants: record.contestantIds.map((organizationId) => {
      const scores = record.scores.filter((score) => score.organizationId === organizationId);
      const own = scores.find(({ judgeId }) => judgeId === caller.personId);
      const isDue = mine?.due.includes(organizationId) ?? false;
      return {
        ...{ organizationId, name: nameOf(organizationId), judges: scores.length },
        judgesDue: judges.filter(({ due }) => due.includes(organizationId)).length,
        myMarks: own ? [...own.marks] : null,
        recused: mine !== undefined && !isDue,
        mayScore: record.state === 'scoring' && !own && isDue,
      };
    }),
    judges: progress,
    progress: { done: progress.filter(({ scored, due }) => scored >= due).length, judges: progress.length },
    results: record.results?.map((place) => ({ ...place, name: nameOf(place.organizationId) })) ?? null,
    ...{ signedBy: record.signedBy, signedAt: record.signedAt?.toISOString() ?? null, version: record.version },
    allows: allowsOfShowcase(record, caller),
  };
}

export function presentShowcaseCard(record: ShowcaseRecord, caller: Caller): z.input<typeof ShowcaseCard> {
  const judge = record.state === 'scoring' ? judgeOf(record, caller) : null;
  const toScore = judge ? dueOf(judge, record, caller.reference).length - scoredBy(judge.personId, record) : 0;
  const { contestantIds, judges } = record;
  return { ...headOf(record), contestants: contestantIds.length, judges: judges.length, toScore };
}

const headOf = ({ id, roundId, title, heldOn, state, stage }: ShowcaseRecord) => ({
  ...{ id, roundId, title, heldOn, state, stage, stateName: showcaseLifecycle.states[state].name },
});

const scoredBy = (personId: string, { scores }: ShowcaseRecord): number =>
  scores.filter(({ judgeId }) => judgeId === personId).length;
