import { liveApi } from '@sandan/shared/live/live.contract';
import { implement } from '../../foundation/http/implement';
import { issueTicket } from '../../foundation/live/tickets';

export const liveRoutes = implement('live', liveApi, {
  ticket: async ({ db, caller, body, world }) => {
    const ticket = await issueTicket(db, caller, body().actionId, world.signing);
    const [row] = await db.query<{ at: Date }>('SELECT UTC_TIMESTAMP(3) AS at');
    if (!row) throw new Error('The database does not know the time');
    return { ticket, at: row.at.toISOString() };
  },
});
