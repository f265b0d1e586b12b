import { callsApi } from '@sandan/shared/calls/calls.contract';
import { Problem } from '@sandan/shared/problems';
import { callerById } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { answerWith } from '../../foundation/documents/paper-answer';
import { implement, type FileAnswer } from '../../foundation/http/implement';
import { callsByVillage, callsFor } from './calls.queries';
import { presentCall, recordCall } from './calls.service';
import { desksOf, todayPaperNamed, takeToday, writeToday } from './today.service';

export const callsRoutes = implement('calls', callsApi, {
  list: async ({ db, caller, query: { cursor, limit, gridId } }) => {
    const filters = { list: 'calls', personId: caller.personId, ...(gridId ? { gridId } : {}) };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await callsFor(db, caller, { villageId: gridId, after, limit: limit + 1 });
    const toReply = (row: (typeof rows)[number]) => presentCall(db, caller, row);
    const page = pageOf(rows, { limit, filters, keyOf: ({ since, id }) => [since, id], toReply });
    const desks = desksOf(caller).map(({ id: gridId, name }) => ({ gridId, name }));
    const { tree } = caller.reference;
    const inVillages = await callsByVillage(db, caller);
    const villages = inVillages.map((each) => ({ ...each, name: tree.grid(each.gridId)?.name ?? '' }));
    return { ...page, desks, villages };
  },
  record: ({ db, caller, params, actionId, body }) => recordCall({ db, caller, callId: params.callId, actionId, body }),
  today: ({ db, caller, body, world }) => takeToday(db, caller, body(), world.signing),
  // Rows first, then the child: while it works, no connection to the database is held.
  todayPaper: async ({ db, params, query, world, now }): Promise<FileAnswer> => {
    const name = todayPaperNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const written = await writeToday(db, caller, name.gridId);
    const done = { thingId: name.gridId, facts: { rows: written.rows } };
    await world.database.transaction((own) => recordAct(own, caller, 'openTodayPaper', done));
    return answerWith(world.documents, 'pdf', written);
  },
});
