import { inspectionsApi } from '@sandan/shared/inspections/inspections.contract';
import { implement } from '../../foundation/http/implement';
import { draw, listDraws, readDraw } from './inspections.service';

export const inspectionsRoutes = implement('inspections', inspectionsApi, {
  draw: ({ db, caller, body }) => draw(db, caller, body()),
  list: ({ db, caller, query }) => listDraws(db, caller, query),
  read: ({ db, caller, params }) => readDraw(db, caller, params.drawId),
});
