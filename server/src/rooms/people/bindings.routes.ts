import { bindingsApi } from '@sandan/shared/people/bindings.contract';
import { Problem } from '@sandan/shared/problems';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement, outsideFirst } from '../../foundation/http/implement';
import { presentBindingCard } from './bindings.presenter';
import { bindingsFor, phoneTries } from './bindings.queries';
import { askByName, choose, lookBehindDoor, standingOf, takePhone, withdraw } from './bindings.service';
import { approve, confirm, readBinding, refuse } from './decide-binding.service';
import { doubt, familyRequests, vouch } from './family-binding.service';
import { phoneByCode } from './wechat-phone';

const stagesOf = { open: ['open', 'working'], closed: ['done', 'stopped'] } as const;

export const bindingsRoutes = implement('bindings', bindingsApi, {
  demoPhone: outsideFirst({
    before: async ({ reading, caller, body, now, world }) => {
      const { openid } = await phoneTries(reading, { personId: caller.personId, actionId: '', since: now });
      if (openid === null || world.issuePhoneCode === null) throw new Problem('binding.no-wechat');
      return world.issuePhoneCode(openid, body().phone);
    },
    write: ({ prepared: code }) => Promise.resolve({ code }),
  }),
  mine: ({ db, caller }) => standingOf(db, caller),
  phone: outsideFirst({
    before: ({ reading, world, caller, body }) => phoneByCode(reading, world, caller, body()),
    write: ({ db, caller, prepared, body }) => takePhone(db, caller, prepared, body()),
  }),
  door: ({ db, caller, body }) => lookBehindDoor(db, caller, body().key),
  choose: ({ db, caller, body }) => choose(db, caller, body()),
  ask: ({ db, caller, body }) => askByName(db, caller, body()),
  withdraw: ({ db, caller, params, actionId, body }) => withdraw(db, caller, params.bindingId, actionId, body),
  list: async ({ db, caller, query: { cursor, limit, stage } }) => {
    const filters = { list: 'bindings', personId: caller.personId, stage };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await bindingsFor(db, caller, { stages: stagesOf[stage], after, limit: limit + 1 });
    const toReply = (record: (typeof rows)[number]) => presentBindingCard(record, caller);
    return pageOf(rows, { limit, filters, keyOf: ({ askedAt, id }) => [askedAt, id], toReply });
  },
  read: ({ db, caller, params }) => readBinding(db, caller, params.bindingId),
  confirm: (call) => confirm(call),
  family: ({ db, caller }) => familyRequests(db, caller),
  vouch: (call) => vouch(call),
  doubt: (call) => doubt(call),
  approve: (call) => approve(call),
  refuse: (call) => refuse(call),
});
