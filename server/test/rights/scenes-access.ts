import { ulid } from 'ulid';
import { startSession } from '../../src/foundation/access/sessions';
import { takeAway } from '../../src/rooms/access/second-factor.service';
import { makeLink } from '../../src/rooms/access/sign-in-link.service';
import { atComputer } from '../at-computer';
import { clientOf } from '../client';
import { codeAt } from '../one-time-code';
import { buildTown } from '../town';
import { call, now, type MakeScene, type Scenes, type Stage } from './stage';

const asked = async ({ server }: Stage) => {
  const { address, secret } = await clientOf(server.url).ok('access.askCode', { body: {} });
  return { code: address.split('/').at(-1) ?? '', secret };
};

const withCode =
  (key: 'access.confirm' | 'access.refuse'): MakeScene =>
  async (stage) => {
    const { code } = await asked(stage);
    return { attempt: (client) => call(client, key, { params: { code }, body: { actionId: ulid() } }) };
  };

/** Of somebody who serves the village, or a village of another county. */
const over =
  (key: 'access.endSessionsOf' | 'access.resetSecondFactor', far = false): MakeScene =>
  async (stage) => {
    const town = far ? await buildTown(stage.server) : stage.town;
    const [member] = await town.moreMembers(1);
    const params = { personId: member?.id ?? '' };
    return { attempt: (client) => call(client, key, { params, body: { actionId: ulid(), reason: 'lostPhone' } }) };
  };

/** A code that an administrator has on his screen. */
async function onScreen({ server, town }: Stage) {
  const client = await atComputer(server, town.people.admin.id);
  const { connectionId, address } = await client.ok('connections.ask', { body: {} });
  return { connectionId, code: address.split('/').at(-1) ?? '' };
}

const withConnection =
  (key: 'connections.look' | 'connections.confirm' | 'connections.refuse'): MakeScene =>
  async (stage) => {
    const { code } = await onScreen(stage);
    const body = key === 'connections.look' ? {} : { body: { actionId: ulid() } };
    return { attempt: (client) => call(client, key, { params: { code }, ...body } as never) };
  };

export const accessScenes = {
  'live.ticket': async () => ({ attempt: (client) => call(client, 'live.ticket', { body: { actionId: ulid() } }) }),
  'connections.ask': async () => ({ attempt: (client) => call(client, 'connections.ask', { body: {} }) }),
  'connections.standing': async (stage) => {
    const { connectionId } = await onScreen(stage);
    return { attempt: (client) => call(client, 'connections.standing', { params: { connectionId } }) };
  },
  'connections.finish': async (stage) => {
    const { connectionId } = await onScreen(stage);
    const body = { actionId: ulid(), check: '0000' };
    return { attempt: (client) => call(client, 'connections.finish', { params: { connectionId }, body }) };
  },
  'connections.look': withConnection('connections.look'),
  'connections.confirm': withConnection('connections.confirm'),
  'connections.refuse': withConnection('connections.refuse'),
  'access.askCode': async () => ({ attempt: (client) => call(client, 'access.askCode', { body: {} }) }),
  'access.exchangeCode': async (stage) => {
    const { secret } = await asked(stage);
    return { attempt: (client) => call(client, 'access.exchangeCode', { body: { secret } }) };
  },
  'access.openLink': async (stage) => ({
    attempt: async (client) => {
      const [somebody] = await stage.town.moreMembers(1);
      const { key } = await stage.server.world.database.transaction((db) =>
        makeLink(db, somebody?.id ?? '', now(stage)),
      );
      return call(client, 'access.openLink', { body: { key } });
    },
  }),
  'access.look': async (stage) => {
    const { code } = await asked(stage);
    return { attempt: (client) => call(client, 'access.look', { params: { code } }) };
  },
  'access.confirm': withCode('access.confirm'),
  'access.refuse': withCode('access.refuse'),

  'access.secondFactor': async () => ({ attempt: (client) => call(client, 'access.secondFactor', {}) }),
  'access.enrol': async () => ({ attempt: (client) => call(client, 'access.enrol', { body: {} }) }),
  'access.confirmEnrolment': async (stage) => ({
    attempt: async (client, person) => {
      const body = { actionId: ulid(), code: '000000' };
      if (person === 'nobody') return call(client, 'access.confirmEnrolment', { body });
      const { secret } = await client.ok('access.enrol', { body: {} });
      const code = codeAt(secret, stage.server.clock.now());
      const outcome = await call(client, 'access.confirmEnrolment', { body: { ...body, code } });
      await stage.server.world.database.transaction((db) => takeAway(db, stage.town.people[person].id));
      return outcome;
    },
  }),
  'access.showSecondFactor': async () => ({
    attempt: (client) => call(client, 'access.showSecondFactor', { body: { code: '123456' } }),
  }),
  'access.renewRecoveryCodes': async () => ({
    attempt: (client) => call(client, 'access.renewRecoveryCodes', { body: { actionId: ulid() } }),
  }),
  'access.resetSecondFactor': over('access.resetSecondFactor'),
  'access.resetSecondFactor of another county': over('access.resetSecondFactor', true),

  'access.sessions': async () => ({ attempt: (client) => call(client, 'access.sessions', {}, '"here":true') }),
  // A session of their own that nobody needs.
  'access.endSession': async (stage) => ({
    attempt: async (client, person) => {
      const { database } = stage.server.world;
      const ownerId = person === 'nobody' ? ulid() : stage.town.people[person].id;
      await database.transaction((db) => startSession(db, ownerId, 'desktop', now(stage)));
      const [row] = await database.reading.query<{ id: string }>(
        "SELECT id FROM session WHERE person_id = ? AND channel = 'desktop' AND revoked_at IS NULL",
        [ownerId],
      );
      const params = { sessionId: row?.id ?? '' };
      return call(client, 'access.endSession', { params, body: { actionId: ulid() } }, '"ended":1');
    },
  }),
  'access.endOtherSessions': async () => ({
    attempt: (client) => call(client, 'access.endOtherSessions', { body: { actionId: ulid() } }),
  }),
  'access.endSessionsOf': over('access.endSessionsOf'),
  'access.endSessionsOf of another county': over('access.endSessionsOf', true),
} satisfies Scenes;
