import { reviewsApi } from '@sandan/shared/reviews/reviews.contract';
import { decodeCursor, encodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement } from '../../foundation/http/implement';
import { complain } from './complain.service';
import { decideReview } from './decide.service';
import { presentComplaint, presentReviews } from './reviews.presenter';
import { complaintsOf, listReviews } from './reviews.queries';

export const reviewsRoutes = implement('reviews', reviewsApi, {
  list: async ({ db, caller, query: { cursor, limit }, world }) => {
    const filters = { list: 'reviews', personId: caller.personId };
    const rows = await listReviews(db, caller, decodeCursor(cursor, filters, ['time', 'id']), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      items: await presentReviews(db, caller, page, world.signing),
      nextCursor: more ? encodeCursor([last.createdAt, last.id], filters) : null,
    };
  },
  decide: ({ db, caller, params, actionId, body }) =>
    decideReview(db, caller, { checkId: params.checkId, actionId }, body),
  complain: async ({ db, caller, params, body }) =>
    presentComplaint(await complain(db, caller, params.complaintId, body)),
  complaints: async ({ db, caller, query: { cursor, limit } }) => {
    const filters = { list: 'complaints', personId: caller.personId };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await complaintsOf(db, caller.personId, after, limit + 1);
    return pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply: presentComplaint });
  },
});
