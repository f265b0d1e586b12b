import { boardsApi } from '@sandan/shared/boards/boards.contract';
import { implement } from '../../foundation/http/implement';
import { figuresOf } from './boards.service';

export const boardsRoutes = implement('boards', boardsApi, {
  figures: ({ db, caller, query }) => figuresOf(db, caller, query),
});
