import type { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import { usualMinima } from '@sandan/shared/commitments/commitment.words';
import { chinaYear } from '@sandan/shared/china-time';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import type { Round } from './round.entity';

type Next = ReplyOf<(typeof roundsApi)['list']>['next'];

/** 2028-02-29 a year later is the 28th. */
const yearsLater = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;

/** Of the organisations over which the caller stands, the one that is a town's committee. */
const committeeOf = ({ reference: { tree } }: Caller, organizationIds: readonly string[]) =>
  organizationIds
    .flatMap((id) => tree.organization(id) ?? [])
    .find(({ id }) => tree.gridsOfOrganization(id).some(({ tier }) => tier === 'town'));

/**
 * 设立下一年: dates, minima and ranks as in the year before; the usual ones where there is none yet. Not more than one
 * year ahead.
 */
export function nextRound(caller: Caller, rounds: readonly Round[]): Next {
  const nodes = grantsWith(caller, 'round.open').flatMap(({ tree, nodeId }) => (tree === 'party' ? [nodeId] : []));
  const committee = committeeOf(caller, nodes);
  if (!committee) return null;
  const present = chinaYear(caller.now.getTime());
  const last = rounds.find(({ organizationId }) => organizationId === committee.id);
  const year = Math.max(present, (last?.year ?? 0) + 1);
  if (year > present + 1) return null;
  const named = { organizationId: committee.id, organizationName: committee.name, year };
  if (!last) {
    const dates = { draftsUntil: `${year}-02-28`, reviewsUntil: `${year}-03-31`, endsOn: `${year}-12-31` };
    return { ...named, minima: { ...usualMinima }, ranks: ['generalBranch', 'branch'], ...dates };
  }
  const { minima, ranks, draftsUntil, reviewsUntil, endsOn } = last;
  return {
    ...named,
    ...{ minima: { ...minima }, ranks: [...ranks] },
    draftsUntil: yearsLater(draftsUntil, year - last.year),
    reviewsUntil: yearsLater(reviewsUntil, year - last.year),
    endsOn: yearsLater(endsOn, year - last.year),
  };
}
