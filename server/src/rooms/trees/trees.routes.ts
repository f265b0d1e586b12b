import { treesApi } from '@sandan/shared/trees/trees.contract';
import { implement } from '../../foundation/http/implement';
import { nodePage, staffOf } from './node-page';
import { previewChange } from './preview';
import { outlineOf, presentChange } from './trees.presenter';
import { cancelChange, mustReach, orderChange } from './trees.service';

export const treesRoutes = implement('trees', treesApi, {
  outline: async ({ caller, params }) => ({ nodes: outlineOf(caller, params.tree) }),
  node: ({ db, caller, params }) => nodePage(db, caller, params),
  staff: ({ db, caller, params }) => staffOf(db, caller, params.nodeId),
  add: async ({ db, caller, params, body }) => {
    const { reason, effectiveOn, ...added } = body();
    const asked = { kind: 'add' as const, ...added };
    return presentChange(
      await orderChange(db, caller, params, { changeId: params.nodeId, asked, reason, effectiveOn }),
      caller,
    );
  },
  preview: async ({ db, caller, params, body }) => {
    const { change } = body();
    mustReach(caller, params, change);
    return previewChange(db, caller, params, change);
  },
  change: async ({ db, caller, params, body }) => {
    const { actionId: changeId, change: asked, reason, effectiveOn } = body();
    return presentChange(await orderChange(db, caller, params, { changeId, asked, reason, effectiveOn }), caller);
  },
  cancel: async ({ db, caller, params, body }) => {
    body();
    return presentChange(await cancelChange(db, caller, params.changeId), caller);
  },
});
