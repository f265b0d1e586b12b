import { ulid } from 'ulid';
import { WechatAccount } from '../src/rooms/people/person.entity';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

/** 内容审核: the desk of the town shows all that waits for a person, as it does for who writes in a browser. */
export async function showAll(server: TestServer, town: Town, reviewer: PersonName = 'townDispatcher'): Promise<void> {
  await server.drain(town.townId);
  const desk = town.as(reviewer);
  const { items } = await desk.ok('reviews.list', { query: { limit: 100 } });
  for (const { id: checkId, version } of items)
    await desk.ok('reviews.decide', { params: { checkId }, body: { actionId: ulid(), decision: 'show', version } });
}

/** They open the mini-program in WeChat, as far as the stand-in knows. Their openid is `o-` and their id. */
export async function inWechat(server: TestServer, town: Town, ...names: PersonName[]): Promise<void> {
  const rows = names.map((name) => ({
    ...{ openid: `o-${town.people[name].id}`, personId: town.people[name].id, createdAt: new Date(server.clock.now()) },
  }));
  await server.world.database.transaction((db) => db.insert(WechatAccount, rows));
  for (const { openid } of rows) await server.wechat.seen(openid);
}
