import { showcasesApi } from '@sandan/shared/commitments/showcases.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, type Route } from '../../foundation/http/implement';
import { seesRound, townsSeen } from './rounds.policy';
import { presentShowcase } from './showcases.presenter';
import { showcaseById, showcasesOf } from './showcases.queries';
import * as showcases from './showcases.service';

export const showcasesRoutes: Route[] = implement('showcases', showcasesApi, {
  set: ({ db, caller, params, body }) => showcases.setShowcase(db, caller, params.showcaseId, body()),
  list: async ({ db, caller }) => ({
    items: (await showcasesOf(db, townsSeen(caller))).map((record) => presentShowcase(record, caller)),
  }),
  read: async ({ db, caller, params }) => {
    const record = await showcaseById(db, params.showcaseId);
    if (!record || !seesRound(caller, record)) throw new Problem('showcase.not-found');
    return presentShowcase(record, caller);
  },
  change: (call) => showcases.act(call, 'change', showcases.change),
  start: (call) => showcases.act(call, 'start'),
  score: (call) => showcases.act(call, 'score', showcases.score),
  finish: (call) => showcases.act(call, 'finish', showcases.finish),
  sign: (call) => showcases.act(call, 'sign', showcases.sign),
  cancel: (call) => showcases.act(call, 'cancel'),
});
