import { cardsApi } from '@sandan/shared/commitments/cards.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, type Route } from '../../foundation/http/implement';
import { organizationBrief, presentMember, presentOrganization } from './cards.presenter';
import {
  leadsOf,
  memberSeen,
  membersFound,
  organizationSeen,
  organizationsSeen,
  postsOf,
  ratingOf,
  rosterSize,
  yearsOf,
} from './cards.queries';

export const cardsRoutes: Route[] = implement('cards', cardsApi, {
  member: async ({ db, caller, params }) => {
    const member = await memberSeen(db, caller, params.personId);
    if (!member) throw new Problem('member.not-found');
    const { personId } = member;
    const [posts, years, rating] = await Promise.all([
      postsOf(db, personId, caller.now),
      yearsOf(db, personId),
      ratingOf(db, personId),
    ]);
    return presentMember(member, caller, { posts, years, rating });
  },
  members: async ({ db, caller, query }) => ({
    items: (await membersFound(db, caller, query.q)).map(({ personId, name, organizationId }) => ({
      ...{ personId, name, organization: organizationBrief(caller, organizationId) },
    })),
  }),
  organization: async ({ db, caller, params }) => {
    const organization = await organizationSeen(db, caller, params.organizationId);
    if (!organization) throw new Problem('organization.not-found');
    const [leads, members] = await Promise.all([
      leadsOf(db, organization.id, caller.now),
      rosterSize(db, organization.id),
    ]);
    return presentOrganization(organization, { leads, members });
  },
  organizations: async ({ db, caller }) => ({
    items: (await organizationsSeen(db, caller)).map(({ id, name, parentId }) => ({ id, name, parentId })),
  }),
});
