import type { IncomingMessage } from 'node:http';
import { accessApi } from '@sandan/shared/access/access.contract';
import { browserWords } from '../../foundation/access/browser-words';
import { anyReference } from '../../foundation/access/enter';
import { addressOf } from '../../foundation/http/address';
import { implement, outsideFirst } from '../../foundation/http/implement';
import { siteOf } from '../../foundation/http/site';
import type { World } from '../../foundation/http/world';
import { askCode, decide, exchange, findByCode, findBySecret, seen, type Origin } from './desktop-sign-in.service';
import { prove, proveEnrolment } from './prove';
import {
  beginEnrolment,
  finishEnrolment,
  noteShown,
  renewRecoveryCodes,
  resetSecondFactor,
  standing,
} from './second-factor.service';
import { endMyOtherSessions, endMySession, endSessionsOf, mySessionRules, mySessions } from './sessions.service';
import { findLink, openLink } from './sign-in-link.service';

const originOf = (request: IncomingMessage, { config }: World): Origin => ({
  address: addressOf(request, config.trustProxy),
  userAgent: request.headers['user-agent'],
  site: siteOf(request, config),
});

export const accessRoutes = implement('access', accessApi, {
  askCode: ({ db, request, world, now }) => askCode(db, originOf(request, world), now),
  exchangeCode: outsideFirst({
    before: async ({ world, body, request, now }) => {
      const asked = await findBySecret(world, body().secret, addressOf(request, world.config.trustProxy), now);
      return { asked, reference: asked.state === 'confirmed' ? await anyReference(world) : null };
    },
    write: ({ db, prepared: { asked, reference }, body, now }) =>
      exchange(db, asked, { check: body().check, reference, now }),
  }),
  openLink: outsideFirst({
    before: async ({ world, body, request, now }) => ({
      link: await findLink(world, body().key, addressOf(request, world.config.trustProxy), now),
      reference: await anyReference(world),
    }),
    write: ({ db, prepared, request, now }) =>
      openLink(db, { ...prepared, device: browserWords(request.headers['user-agent']), now }),
  }),
  look: async ({ world, caller, params }) => seen(caller, await findByCode(world, caller, params.code)),
  confirm: outsideFirst({
    before: ({ world, caller, params }) => findByCode(world, caller, params.code),
    write: ({ db, caller, prepared }) => decide(db, caller, prepared, 'confirmed'),
  }),
  refuse: outsideFirst({
    before: ({ world, caller, params }) => findByCode(world, caller, params.code),
    write: ({ db, caller, prepared }) => decide(db, caller, prepared, 'refused'),
  }),

  secondFactor: ({ db, caller }) => standing(db, caller),
  enrol: ({ db, caller }) => beginEnrolment(db, caller),
  confirmEnrolment: outsideFirst({
    before: ({ world, caller, body }) => proveEnrolment(world, caller, body()),
    write: async ({ db, caller, body }) => ({ recoveryCodes: await finishEnrolment(db, caller, body().actionId) }),
  }),
  showSecondFactor: outsideFirst({
    before: ({ world, caller, body }) => prove(world, caller, body().code),
    write: ({ db, caller, prepared }) => noteShown(db, caller, prepared),
  }),
  renewRecoveryCodes: async ({ db, caller }) => ({ recoveryCodes: await renewRecoveryCodes(db, caller) }),
  resetSecondFactor: ({ db, caller, params, body }) =>
    resetSecondFactor(db, caller, { personId: params.personId, judge: body }),

  sessions: async ({ db, caller }) => ({ ...mySessionRules(caller), sessions: await mySessions(db, caller) }),
  endSession: async ({ db, caller, params }) => ({ ended: await endMySession(db, caller, params.sessionId) }),
  endOtherSessions: async ({ db, caller }) => ({ ended: await endMyOtherSessions(db, caller) }),
  endSessionsOf: async ({ db, caller, params, body }) => ({
    ended: await endSessionsOf(db, caller, { personId: params.personId, judge: body }),
  }),
});
