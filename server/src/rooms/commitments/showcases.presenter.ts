import type { z } from 'zod';
import { showcaseLifecycle } from '@sandan/shared/commitments/showcase.lifecycle';
import type { Showcase } from '@sandan/shared/commitments/showcases.contract';
import type { Caller } from '../../foundation/access/caller';
import { allowsOfShowcase, mayScore } from './showcases.policy';
import type { ShowcaseRecord } from './showcases.queries';

/** Who gave what is the judge's own affair; the hall sees how many have scored, and at the end the places. */
export function presentShowcase(record: ShowcaseRecord, caller: Caller): z.input<typeof Showcase> {
  const nameOf = (id: string): string => caller.reference.tree.organization(id)?.name ?? '';
  const { name: stateName } = showcaseLifecycle.states[record.state];
  return {
    ...{ id: record.id, roundId: record.roundId, townId: record.townId, title: record.title, heldOn: record.heldOn },
    ...{ state: record.state, stateName, stage: record.stage, residentShare: record.residentShare },
    criteria: record.criteria.map(({ name, weight }) => ({ name, weight })),
    contestants: record.contestantIds.map((organizationId) => {
      const scores = record.scores.filter((score) => score.organizationId === organizationId);
      const mine = scores.find(({ judgeId }) => judgeId === caller.personId);
      return {
        ...{ organizationId, name: nameOf(organizationId), judges: scores.length },
        myMarks: mine ? [...mine.marks] : null,
        mayScore: record.state === 'scoring' && !mine && mayScore(record, caller, organizationId),
      };
    }),
    judges: record.judges.map(({ personId, name }) => ({ personId, name })),
    results: record.results?.map((place) => ({ ...place, name: nameOf(place.organizationId) })) ?? null,
    ...{ signedBy: record.signedBy, signedAt: record.signedAt?.toISOString() ?? null, version: record.version },
    allows: allowsOfShowcase(record, caller),
  };
}
