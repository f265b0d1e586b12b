import { boardsApi } from '@sandan/shared/boards/boards.contract';
import { implement } from '../../foundation/http/implement';
import { figuresOf } from './boards.service';
import { waitingFor } from './waiting';

export const boardsRoutes = implement('boards', boardsApi, {
  waiting: ({ db, caller }) => waitingFor(db, caller),
  figures: ({ db, caller, query }) => figuresOf(db, caller, query),
});
