import type { z } from 'zod';
import { showcaseLifecycle } from '@sandan/shared/commitments/showcase.lifecycle';
import type { Showcase, ShowcaseCard } from '@sandan/shared/commitments/showcases.contract';
import type { Caller } from '../../foundation/access/caller';
import { allowsOfShowcase, dueOf, judgeOf } from './showcases.policy';
import type { Judge, ShowcaseRecord } from './showcases.queries';

/** Who gave what is the judge's own affair; the hall sees how many have scored, and at the end the places. */
export function presentShowcase(record: ShowcaseRecord, caller: Caller): z.input<typeof Showcase> {
  const nameOf = (id: string): string => caller.reference.tree.organization(id)?.name ?? '';
  const judge = judgeOf(record, caller);
  const due = judge ? dueOf(judge, record, caller.reference) : [];
  return {
    ...headOf(record),
    ...{ townId: record.townId, residentShare: record.residentShare },
    criteria: record.criteria.map(({ name, weight }) => ({ name, weight })),
    contestants: record.contestantIds.map((organizationId) => {
      const scores = record.scores.filter((score) => score.organizationId === organizationId);
      const mine = scores.find(({ judgeId }) => judgeId === caller.personId);
      return {
        ...{ organizationId, name: nameOf(organizationId), judges: scores.length },
        myMarks: mine ? [...mine.marks] : null,
        recused: judge !== null && !due.includes(organizationId),
        mayScore: record.state === 'scoring' && !mine && due.includes(organizationId),
      };
    }),
    judges: record.judges.map((each) => ({
      ...{ personId: each.personId, name: each.name, scored: scoredBy(each, record).length },
      due: dueOf(each, record, caller.reference).length,
    })),
    results: record.results?.map((place) => ({ ...place, name: nameOf(place.organizationId) })) ?? null,
    ...{ signedBy: record.signedBy, signedAt: record.signedAt?.toISOString() ?? null, version: record.version },
    allows: allowsOfShowcase(record, caller),
  };
}

export function presentShowcaseCard(record: ShowcaseRecord, caller: Caller): z.input<typeof ShowcaseCard> {
  const judge = record.state === 'scoring' ? judgeOf(record, caller) : null;
  const toScore = judge ? dueOf(judge, record, caller.reference).length - scoredBy(judge, record).length : 0;
  const { contestantIds, judges } = record;
  return { ...headOf(record), contestants: contestantIds.length, judges: judges.length, toScore };
}

const headOf = ({ id, roundId, title, heldOn, state, stage }: ShowcaseRecord) => ({
  ...{ id, roundId, title, heldOn, state, stage, stateName: showcaseLifecycle.states[state].name },
});

const scoredBy = ({ personId }: Judge, { scores }: ShowcaseRecord) =>
  scores.filter(({ judgeId }) => judgeId === personId);
