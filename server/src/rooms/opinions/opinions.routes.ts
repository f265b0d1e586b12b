import type { ReplyOf } from '@sandan/shared/endpoint';
import { opinionsApi } from '@sandan/shared/opinions/opinions.contract';
import { holds, type Caller } from '../../foundation/access/caller';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement } from '../../foundation/http/implement';
import type { Opinion } from './opinion.entity';
import { opinionFigures, opinionsOf } from './opinions.queries';
import { answerOpinion, giveOpinion } from './opinions.service';

export const opinionsRoutes = implement('opinions', opinionsApi, {
  give: async ({ db, caller, params, body }) => replyFor(caller)(await giveOpinion(db, caller, params.opinionId, body)),
  list: async ({ db, caller, query: { cursor, limit } }) => {
    // Opinions are about the app, of which a county has one: whoever may answer sees them all.
    const personId = holds(caller, 'opinion.answer') ? null : caller.personId;
    const filters = { list: 'opinions', personId };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await opinionsOf(db, personId, after, limit + 1);
    return pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply: replyFor(caller) });
  },
  answer: async ({ db, caller, params, body }) =>
    replyFor(caller)(await answerOpinion(db, caller, params.opinionId, body)),
  figures: ({ db }) => opinionFigures(db),
});

/** Without the name: the answer must not depend on who asked. */
const replyFor =
  (caller: Caller) =>
  ({ id, personId, kind, words, at, answer, answeredAt }: Opinion): ReplyOf<typeof opinionsApi.give> => ({
    ...{ id, kind, words, answer, mine: personId === caller.personId },
    at: at.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  });
