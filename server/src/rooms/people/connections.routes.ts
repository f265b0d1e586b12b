import { connectionsApi } from '@sandan/shared/people/connections.contract';
import { implement, outsideFirst } from '../../foundation/http/implement';
import {
  askConnection,
  checkDigits,
  confirmByPhone,
  connectionFor,
  finishConnection,
  refuseByPhone,
  seenByPhone,
  standingOfConnection,
} from './connections.service';

export const connectionsRoutes = implement('connections', connectionsApi, {
  ask: ({ db, caller, request, world }) => askConnection(db, caller, { request, world }),
  standing: ({ db, caller, params }) => standingOfConnection(db, caller, params.connectionId),
  finish: outsideFirst({
    before: ({ world, caller, params, body }) => checkDigits(world, caller, params.connectionId, body().check),
    write: ({ db, caller, prepared }) => finishConnection(db, caller, prepared),
  }),
  look: async ({ world, caller, params }) =>
    seenByPhone(world, caller, await connectionFor(world, caller, params.code)),
  confirm: outsideFirst({
    before: ({ world, caller, params }) => connectionFor(world, caller, params.code),
    write: async ({ db, world, caller, prepared }) =>
      seenByPhone(world, caller, await confirmByPhone(db, caller, prepared)),
  }),
  refuse: outsideFirst({
    before: ({ world, caller, params }) => connectionFor(world, caller, params.code),
    write: async ({ db, world, caller, prepared }) =>
      seenByPhone(world, caller, await refuseByPhone(db, caller, prepared)),
  }),
});
