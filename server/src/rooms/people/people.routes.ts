import type { IncomingMessage } from 'node:http';
import { peopleApi } from '@sandan/shared/people/people.contract';
import { browserWords } from '../../foundation/access/browser-words';
import { anyReference } from '../../foundation/access/enter';
import { implement, outsideFirst } from '../../foundation/http/implement';
import { addressOf } from '../../foundation/http/address';
import { findPeople } from './find-people.service';
import { changeMe, listDemoPeople, meOf } from './people.service';
import { comeByWechat, exchangeCode, signInAsDemo, signInWithWechat, signOut } from './sign-in.service';

const deviceOf = ({ headers }: IncomingMessage): string | null => browserWords(headers['user-agent']);

export const peopleRoutes = implement('people', peopleApi, {
  signInWithWechat: outsideFirst({
    before: async ({ reading, world, body, request, now }) => ({
      session: await exchangeCode(reading, world, {
        ...{ code: body().code, address: addressOf(request, world.config.trustProxy), now },
      }),
      reference: await anyReference(world),
    }),
    write: ({ db, prepared: { session, reference }, request, now }) =>
      signInWithWechat(db, session, { device: deviceOf(request), now, reference }),
  }),
  demoPeople: async ({ db, world, now }) => ({
    people: await listDemoPeople(db, await world.references.current(), now),
  }),
  signInAsDemo: outsideFirst({
    before: async ({ reading, world, body }) => ({
      openid: await comeByWechat(reading, world, body().key),
      reference: await anyReference(world),
    }),
    write: ({ db, body, prepared: { openid, reference }, request, now }) =>
      signInAsDemo(db, { key: body().key, device: deviceOf(request), now, reference, openid }),
  }),
  signOut: async ({ db, caller, body }) => ({ ended: await signOut(db, caller, body().everywhere) }),
  me: ({ db, caller }) => meOf(db, caller),
  changeMe: ({ db, caller, body }) => changeMe(db, caller, body()),
  find: ({ db, caller, query }) => findPeople(db, caller, query),
});
