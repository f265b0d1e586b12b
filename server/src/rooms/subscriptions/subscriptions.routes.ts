import { subscriptionsApi } from '@sandan/shared/subscriptions/subscriptions.contract';
import { implement } from '../../foundation/http/implement';
import { askable, noteReport, subscriptionsOf } from './consent.service';
import { checkedMapping, countyOfTemplates, saveTemplate, sendTest, templatesOfCounty } from './templates.service';

export const subscriptionsRoutes = implement('subscriptions', subscriptionsApi, {
  ask: ({ db, caller, query }) => askable(db, caller, query.moment),
  mine: ({ db, caller }) => subscriptionsOf(db, caller),
  report: ({ db, caller, body }) => noteReport(db, caller, body()),
  templates: ({ db, caller, params }) => templatesOfCounty(db, caller, params.gridId),
  check: async ({ caller, params, body, now }) => {
    countyOfTemplates(caller, params.gridId);
    return checkedMapping(params.kind, { leftOut: [], ...body() }, now);
  },
  save: ({ db, caller, params, body }) => saveTemplate(db, caller, params, body),
  test: ({ db, caller, params, body }) => {
    countyOfTemplates(caller, params.gridId);
    return sendTest(db, caller, params, body().actionId);
  },
});
