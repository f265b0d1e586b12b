import { ulid } from 'ulid';
import { startSession } from '../../src/foundation/access/sessions';
import { signAddress, type StoredPart } from '../../src/foundation/photos/signed-address';
import { Message } from '../../src/rooms/messages/message.entity';
import { Opinion } from '../../src/rooms/opinions/opinion.entity';
import { InspectionDraw, InspectionItem } from '../../src/rooms/orders/inspection.entity';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { defaultSettings } from '../../src/rooms/settings/settings.queries';
import { clientOf, type Client } from '../client';
import { mp3 } from '../mp3';
import { picture } from '../upload';
import type { Outcome, PageKey } from './matrix';
import { drawRule, nextMonth } from './scenes-orders';
import { call, now, outcomeOf, write, type MakeScene, type Scenes, type Stage } from './stage';

const words = '字能不能再大一点';

interface Upload {
  path: '/api/photos' | '/api/voices';
  method: 'PUT' | 'POST';
  bytes: () => Promise<Buffer> | Uint8Array;
}

/** Raw bytes by PUT, a form by POST, as `wx.uploadFile` sends it. */
async function upload(client: Client, id: string, { path, method, bytes }: Upload): Promise<Response> {
  const content = new Uint8Array(await bytes());
  if (method === 'PUT') return client.raw(method, `${path}/${id}`, { body: content });
  const form = new FormData();
  form.set('file', new Blob([content]), 'file');
  return client.raw(method, `${path}/${id}`, { body: form });
}

export async function outcomeOfRaw(response: Response): Promise<Outcome> {
  const { ok, status, headers } = response;
  if (!ok) return outcomeOf({ status, headers, problem: (await response.json()) as never });
  await response.arrayBuffer();
  return 'yes';
}

const uploading =
  (given: Upload): MakeScene =>
  async () => ({ attempt: async (client) => outcomeOfRaw(await upload(client, ulid(), given)) });

/** By its signed address; `forged`: by that of another file. */
const opening =
  (given: Upload, kind: StoredPart['kind'], forged: boolean): MakeScene =>
  async (stage) => {
    const id = ulid();
    await upload(stage.town.as('resident'), id, given);
    const address = signAddress({ id, kind, size: 'full' }, stage.server.world.signing, now(stage));
    const [, query] = address.split('?');
    const path = forged ? `${given.path}/${ulid()}?${query}` : address;
    return { attempt: async (client) => outcomeOfRaw(await client.raw('GET', path)) };
  };

const putPhoto: Upload = { path: '/api/photos', method: 'PUT', bytes: () => picture };
const putVoice: Upload = { path: '/api/voices', method: 'PUT', bytes: () => mp3(1.1) };

const page =
  (path: PageKey, headers: Record<string, string> = {}): MakeScene =>
  async () => ({ attempt: async (client) => outcomeOfRaw(await client.raw('GET', path, { headers })) });
const pages: Record<PageKey, MakeScene> = {
  '/health/live': page('/health/live'),
  '/health/ready': page('/health/ready'),
  '/metrics': page('/metrics'),
  '/api/openapi.json': page('/api/openapi.json'),
  '/api/docs': page('/api/docs'),
  '/api/docs/start.js': page('/api/docs/start.js'),
  '/api/docs/swagger-ui.css': page('/api/docs/swagger-ui.css'),
  '/api/docs/swagger-ui-bundle.js': page('/api/docs/swagger-ui-bundle.js'),
  '/api/docs/favicon-32x32.png': page('/api/docs/favicon-32x32.png'),
};

async function messageToResident(stage: Stage, count = 1): Promise<string> {
  const ids = Array.from({ length: count }, () => ulid());
  const { resident } = stage.town.people;
  const told = {
    kind: 'order.place',
    topic: 'orders' as const,
    title: '收到了',
    words: '您的事收到了。',
    about: null,
    aboutId: null,
  };
  const rows = ids.map((id) => ({ id, personId: resident.id, ...told, eventId: ulid(), at: now(stage) }));
  await write(stage, Message, rows);
  return ids[0] ?? '';
}

async function opinionOfResident(stage: Stage): Promise<string> {
  const id = ulid();
  const { resident } = stage.town.people;
  // Of the year before: other towns of this database may have other clocks.
  await write(stage, Opinion, [
    { id, personId: resident.id, kind: 'suggestion', words, at: new Date('2099-01-01T00:00:00Z') },
  ]);
  return id;
}

async function drawn(stage: Stage): Promise<string> {
  const { orderId } = await stage.put({ state: 'confirmed', closedAt: now(stage), inSample: 1 });
  const id = ulid();
  const { townId, people } = stage.town;
  const facts = { gridId: townId, month: nextMonth(), seed: '0', rule: drawRule };
  await write(stage, InspectionDraw, [
    { id, ...facts, population: 1, drawnById: people.inspector2.id, drawnAt: now(stage) },
  ]);
  await write(stage, InspectionItem, [{ drawId: id, orderId, why: 'sampled' }]);
  return id;
}

export const otherScenes = {
  'inspections.draw': async (stage) => {
    await stage.put({ state: 'confirmed', closedAt: now(stage) });
    const body = { gridId: stage.town.townId, month: '2026-09' };
    return { attempt: (client) => call(client, 'inspections.draw', { body: { actionId: ulid(), ...body } }) };
  },
  'inspections.list': async (stage) => {
    const id = await drawn(stage);
    return { attempt: (client) => call(client, 'inspections.list', { query: { limit: 100 } }, id) };
  },
  'inspections.read': async (stage) => {
    const drawId = await drawn(stage);
    return { attempt: (client) => call(client, 'inspections.read', { params: { drawId } }) };
  },

  'photos.put': uploading(putPhoto),
  'photos.post': uploading({ ...putPhoto, method: 'POST' }),
  'photos.putVoice': uploading(putVoice),
  'photos.postVoice': uploading({ ...putVoice, method: 'POST' }),
  'photos.read': opening(putPhoto, 'photo', false),
  'photos.read forged': opening(putPhoto, 'photo', true),
  'photos.readVoice': opening(putVoice, 'voice', false),
  'photos.readVoice forged': opening(putVoice, 'voice', true),

  'messages.list': async (stage) => {
    const id = await messageToResident(stage);
    return { attempt: (client) => call(client, 'messages.list', { query: { limit: 100 } }, id) };
  },
  'messages.counts': async (stage) => {
    // So many that nobody else has: everybody finds the receipts of his own orders.
    await messageToResident(stage, 99);
    return { attempt: (client) => call(client, 'messages.counts', {}, '"topic":"orders","unread":99') };
  },
  'messages.read': async (stage) => {
    const id = await messageToResident(stage);
    return { attempt: (client) => call(client, 'messages.read', { body: { ids: [id] } }, '"read":1') };
  },
  'opinions.give': async () => ({
    attempt: (client) =>
      call(client, 'opinions.give', { params: { opinionId: ulid() }, body: { kind: 'suggestion', words } }),
  }),
  'opinions.give under a taken id': async (stage) => {
    const opinionId = await opinionOfResident(stage);
    const body = { kind: 'suggestion', words } as const;
    return { attempt: (client) => call(client, 'opinions.give', { params: { opinionId }, body }) };
  },
  'opinions.list': async (stage) => {
    const id = await opinionOfResident(stage);
    return { attempt: (client) => call(client, 'opinions.list', { query: { limit: 100 } }, id) };
  },
  'opinions.answer': async (stage) => {
    const opinionId = await opinionOfResident(stage);
    const body = { actionId: ulid(), words: '好的' };
    return { attempt: (client) => call(client, 'opinions.answer', { params: { opinionId }, body }) };
  },
  'opinions.figures': async () => ({ attempt: (client) => call(client, 'opinions.figures', {}) }),

  'boards.figures': async ({ town }) => ({
    attempt: (client) => call(client, 'boards.figures', { query: { gridId: town.villageA } }),
  }),
  'settings.read': async ({ town }) => ({
    attempt: (client) => call(client, 'settings.read', { params: { gridId: town.townId } }),
  }),
  'settings.change': async ({ town }) => ({
    attempt: (client) => call(client, 'settings.change', { params: { gridId: town.townId }, body: defaultSettings }),
  }),
  'settings.places': async ({ town }) => ({ attempt: (client) => call(client, 'settings.places', {}, town.townId) }),
  'settings.changes': async ({ town }) => ({
    attempt: (client) => call(client, 'settings.changes', { params: { gridId: town.townId } }),
  }),
  'settings.protection': async ({ town }) => ({
    attempt: (client) => call(client, 'settings.protection', { params: { gridId: town.countyId } }),
  }),
  'settings.changeProtection': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'settings.changeProtection', { params: { gridId: town.countyId }, body: usualProtection }),
  }),
  'settings.holidays': async ({ town }) => ({
    attempt: (client) => call(client, 'settings.holidays', { params: { gridId: town.countyId, year: 2026 } }),
  }),
  'settings.saveHolidays': async ({ town }) => {
    const params = { gridId: town.countyId, year: 2026 };
    // The calendar is everybody's: what stands there is saved once more.
    const { holidays, workdays, version } = await town.as('admin').ok('settings.holidays', { params });
    const body = { holidays, workdays, readVersion: version };
    return { attempt: (client) => call(client, 'settings.saveHolidays', { params, body }) };
  },
  'settings.closePeriod': async (stage) => {
    const day = 24 * 60 * 60_000;
    const at = (days: number) => new Date(now(stage).getTime() + days * day).toISOString();
    const body = { name: '台风停办', from: at(30), to: at(31) };
    const params = { gridId: stage.town.townId, periodId: ulid() };
    return { attempt: (client) => call(client, 'settings.closePeriod', { params, body }) };
  },

  'people.signInWithWechat': async ({ server }) => ({
    attempt: async (client) => {
      const code = (await server.world.issueWechatCode?.(`openid-${ulid()}`)) ?? '';
      return call(client, 'people.signInWithWechat', { body: { code } });
    },
  }),
  'people.demoPeople': async () => ({ attempt: (client) => call(client, 'people.demoPeople', {}) }),
  'people.signInAsDemo': async ({ town }) => ({
    attempt: (client) => call(client, 'people.signInAsDemo', { body: { key: town.people.resident.id } }),
  }),
  // Out of a session of its own, or the rest of the tests would be nobody's.
  'people.signOut': async ({ server, town }) => ({
    attempt: async (client, person) => {
      if (person === 'nobody') return call(client, 'people.signOut', { body: {} });
      const { token } = await server.world.database.transaction((db) =>
        startSession(db, town.people[person].id, 'demo', new Date(server.clock.now())),
      );
      return call(clientOf(server.url, token), 'people.signOut', { body: {} });
    },
  }),
  'people.me': async () => ({ attempt: (client) => call(client, 'people.me', {}) }),
  'people.changeMe': async () => ({ attempt: (client) => call(client, 'people.changeMe', { body: {} }) }),

  'grids.list': async ({ town }) => ({
    attempt: (client) => call(client, 'grids.list', { query: { underId: town.townId } }, town.villageA),
  }),
  'grids.locate': async ({ town }) => ({
    attempt: (client) => call(client, 'grids.locate', { query: town.centres.a1 }),
  }),
  'categories.list': async () => ({ attempt: (client) => call(client, 'categories.list', {}) }),
  ...pages,
  '/metrics through a proxy': page('/metrics', { 'x-forwarded-for': '192.0.2.1' }),
} satisfies Scenes;
