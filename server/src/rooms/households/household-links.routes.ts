import { householdLinksApi } from '@sandan/shared/households/household-links.contract';
import { implement } from '../../foundation/http/implement';
import { linkPlan, presentPlan } from './link-plan';
import { askAnother, openRequests, settleRequest } from './link-requests';
import { applyLinks } from './links.service';
import { myContacts } from './my-contacts.service';

export const householdLinksRoutes = implement('householdLinks', householdLinksApi, {
  mine: ({ db, caller }) => myContacts(db, caller),
  askAnother: ({ db, caller, actionId, body }) => askAnother(db, caller, actionId, body),
  plan: async ({ db, caller, body }) => {
    const { gridId, groupId, moves } = body();
    return presentPlan(db, caller, await linkPlan(db, caller, gridId, moves), groupId);
  },
  apply: ({ db, caller, actionId, body }) => applyLinks(db, caller, actionId, body),
  requests: ({ db, caller }) => openRequests(db, caller),
  settleRequest: ({ db, caller, params, actionId, body }) =>
    settleRequest(db, caller, { requestId: params.requestId, actionId }, body),
});
