import type { z } from 'zod';
import { helperKinds, roleNames } from '@sandan/shared/access/roles';
import { helperDuties, postDuties, rankNames } from '@sandan/shared/commitments/card.words';
import type { MemberCard, OrganizationCard } from '@sandan/shared/commitments/cards.contract';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import type { Caller } from '../../foundation/access/caller';
import type { LeadRow, MemberRow, OrganizationRow, PostRow, RatingRow, YearRow } from './cards.queries';
import { placeName } from './commitments.presenter';

export const organizationBrief = (caller: Caller, id: string) => ({
  id,
  name: caller.reference.tree.organization(id)?.name ?? '',
});

type Post = z.input<typeof MemberCard>['posts'][number];

/** 亮岗位: what he is to the village, where, and what for; posts that are not public are left out. */
function presentPost({ role, kind, tree, nodeId }: PostRow, { reference }: Caller): Post[] {
  const duty = role === 'helper' && kind !== null ? helperDuties[kind] : postDuties[role];
  if (duty === undefined) return [];
  const name = role === 'helper' && kind !== null ? helperKinds[kind] : roleNames[role];
  const place =
    tree === 'party' ? (reference.tree.organization(nodeId)?.name ?? '') : placeName(reference.tree, nodeId);
  return [{ name, place, duty }];
}

export function presentMember(
  { personId, name, organizationId }: MemberRow,
  caller: Caller,
  { posts, years, rating }: { posts: readonly PostRow[]; years: readonly YearRow[]; rating: RatingRow },
): z.input<typeof MemberCard> {
  const shown = posts.flatMap((post) => presentPost(post, caller));
  const named = new Map(shown.map((post) => [`${post.name} ${post.place}`, post]));
  return {
    ...{ personId, name, organization: organizationBrief(caller, organizationId) },
    isMine: personId === caller.personId,
    posts: [...named.values()],
    years: years.map(({ roundId, year, roundState, promised, delivered, kept }) => ({
      ...{ roundId, year, isOver: roundState === 'closed', promised, delivered, kept },
    })),
    rating: { ...rating, stars: rating.raters >= commitmentLimits.ratersShown ? rating.stars : null },
  };
}

export const presentOrganization = (
  { id, name, rank }: OrganizationRow,
  { leads, members }: { leads: readonly LeadRow[]; members: number },
): z.input<typeof OrganizationCard> => ({
  ...{ id, name, rankName: rankNames[rank], members },
  leads: leads.map(({ role, personId, name: who }) => ({ personId, name: who, post: roleNames[role] })),
});
