import { ulid } from 'ulid';
import { templatesInUse } from '../../../test/message-templates';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';
import { WechatMessage } from '../../foundation/subscribe/subscribe.entity';
import { noteFault } from '../../foundation/subscribe/templates';

/** 微信接入: which of the three templates are filled in, and whether WeChat takes messages by them. */
let server: TestServer;
let town: Town;
beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
});
afterAll(() => server.close());

const states = async () => {
  const { templates } = await town.as('admin').ok('wechat.state', {});
  expect(templates.map(({ name }) => name)).toEqual(['进度通知', '新任务', '待办提醒']);
  return templates;
};
const sent = (kind: 'claimed' | 'open', template: 'progress' | 'newTask', state: 'sent' | 'refused', endedAt: Date) =>
  server.world.database.transaction((db) =>
    db.insert(WechatMessage, [
      {
        ...{ id: ulid(), personId: town.people.resident.id, countyId: town.countyId, townId: town.townId },
        ...{ template, kind, onceKey: ulid(), eventId: ulid(), orderId: null, state, at: endedAt, nextAt: endedAt },
        ...{ expiresAt: endedAt, attempts: 0, endedAt },
      },
    ]),
  );

test('not filled in, filled in, taken within a week, refused: each with what to do', async () => {
  expect((await states()).map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
  expect((await states())[0]?.words).toContain('工作台 - 微信模板');

  await templatesInUse(server, town);
  const now = server.clock.now();
  const taken = new Date(now - 60_000);
  await sent('claimed', 'progress', 'sent', taken);
  await sent('claimed', 'progress', 'refused', new Date(now));
  await sent('open', 'newTask', 'sent', new Date(now - 8 * 24 * 60 * 60_000));
  expect((await states()).map(({ state, lastTakenAt }) => [state, lastTakenAt])).toEqual([
    ['proved', taken.toISOString()],
    ['ready', null],
    ['ready', null],
  ]);

  const { database } = server.world;
  const { countyId } = town;
  const fault = { errcode: 47003, field: 'phrase2', at: new Date(now) };
  await database.transaction((db) => noteFault(db, { countyId, kind: 'progress' }, fault));
  const [progress] = await states();
  expect(progress).toMatchObject({ state: 'faulty', lastTakenAt: taken.toISOString() });
  expect(progress?.words).toMatch(/微信不收：字段 phrase2，.*（47003）/);
});
