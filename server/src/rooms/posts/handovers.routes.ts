import { handoversApi } from '@sandan/shared/posts/handovers.contract';
import { recordAct } from '../../foundation/audit/record-act';
import { answerWith } from '../../foundation/documents/paper-answer';
import { implement } from '../../foundation/http/implement';
import { handoverPaper } from './handover-paper';
import { listHandovers } from './handover-list';
import { cancelHandover, prepareHandover, readHandover, undoHandover, visibleHandover } from './handovers.service';

export const handoversRoutes = implement('handovers', handoversApi, {
  list: ({ db, caller, query }) => listHandovers(db, caller, query),
  read: ({ db, caller, params }) => readHandover(db, caller, params.handoverId),
  prepare: ({ db, caller, params, body }) => prepareHandover(db, caller, params.handoverId, body),
  // Not there before badly asked (decisions.md §2.6).
  cancel: async ({ db, caller, params, body }) => {
    await visibleHandover(db, caller, params.handoverId);
    body();
    return cancelHandover(db, caller, params.handoverId);
  },
  undo: async ({ db, caller, params, body }) => {
    await visibleHandover(db, caller, params.handoverId);
    body();
    return undoHandover(db, caller, params.handoverId);
  },
  // Rows first, then the child: while it works, no connection to the database is held.
  paper: async ({ db, caller, params, world }) => {
    const { handoverId: thingId } = params;
    const paper = handoverPaper(await readHandover(db, caller, thingId), caller);
    await world.database.transaction((own) => recordAct(own, caller, 'printHandover', { thingId }));
    return answerWith(world.documents, 'pdf', { paper, fileName: `${paper.title}.pdf` });
  },
});
