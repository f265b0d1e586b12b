import { roleNames } from '@sandan/shared/access/roles';
import { postsApi } from '@sandan/shared/posts/posts.contract';
import { Problem } from '@sandan/shared/problems';
import { nodeName } from '../../foundation/access/nodes';
import { implement } from '../../foundation/http/implement';
import { candidates, delegate, endDelegation, myDelegations } from './delegations.service';
import { rolesToGive } from '../../foundation/access/post-rules';
import { presentFound } from './posts.presenter';
import { mostFound, namesFromStart, searchPeople } from './posts.queries';
import { endPost, givePost, personPage, switchAccount } from './posts.service';

export const postsRoutes = implement('posts', postsApi, {
  search: async ({ db, caller, body }) => {
    const found = await searchPeople(db, caller, body().q);
    return {
      people: found.slice(0, mostFound).map((row) => presentFound(row, caller)),
      more: found.length > mostFound,
      namesFromStart: namesFromStart(caller),
    };
  },
  person: ({ db, caller, params }) => personPage(db, caller, params.personId),
  choices: async ({ caller, params }) => {
    const name = nodeName(caller.reference.tree, params);
    if (name === '') throw new Problem('grid.not-found');
    return {
      nodeName: name,
      roles: rolesToGive(caller, params).map((role) => ({ role, name: roleNames[role] })),
    };
  },
  give: ({ db, caller, params, body }) => givePost(db, caller, params.postId, body),
  end: ({ db, caller, params, body, actionId }) => endPost(db, caller, params.postId, actionId, body),
  delegations: ({ db, caller }) => myDelegations(db, caller),
  candidates: async ({ db, caller, params }) => ({ people: await candidates(db, caller, params.postId) }),
  delegate: ({ db, caller, params, body }) => delegate(db, caller, params.delegationId, body),
  endDelegation: ({ db, caller, params, body }) => endDelegation(db, caller, params.delegationId, body),
  disable: ({ db, caller, params, body, actionId }) =>
    switchAccount(db, caller, { ...params, actionId, disabled: true }, body),
  enable: ({ db, caller, params, body, actionId }) =>
    switchAccount(db, caller, { ...params, actionId, disabled: false }, body),
});
