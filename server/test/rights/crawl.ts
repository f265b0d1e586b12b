import type { EndpointKey } from '@sandan/shared/api';
import type { Client } from '../client';
import type { Town } from '../town';

/** What one person was told, and where. */
export interface Told {
  by: string;
  text: string;
}

export interface Things {
  orderIds: readonly string[];
  taskIds: readonly string[];
  drawIds: readonly string[];
}

type Ask = readonly [key: EndpointKey, sent: object];

const limit = 100;
const lists = (town: Town): Ask[] => [
  ...(['open', 'working', 'done', 'stopped'] as const).map((stage): Ask => [
    'orders.list',
    { query: { scope: 'desk', stage, limit } },
  ]),
  ...(['mine', 'public'] as const).map((scope): Ask => ['orders.list', { query: { scope, limit } }]),
  ['orders.list', { query: { scope: 'nearby', ...town.centres.a1 } }],
  ['orders.counts', {}],
  ...['streetLight', 'errand', 'hardship'].map((categoryId): Ask => [
    'orders.similar',
    { query: { categoryId, gridId: town.groups.a1 } },
  ]),
  ...(['claimable', 'mine', 'desk'] as const).map((scope): Ask => ['tasks.list', { query: { scope, limit } }]),
  ['messages.list', { query: { limit } }],
  ['inspections.list', { query: { limit } }],
  ['people.me', {}],
  ['people.find', { query: { purpose: 'proxy' } }],
  ['boards.figures', { query: { gridId: town.villageA } }],
];

/** By every id. The last two say nothing that could be done, so that nothing is; but the refusal is a reply too. */
const byId = ({ orderIds, taskIds, drawIds }: Things): Ask[] => [
  ...orderIds.flatMap((orderId): Ask[] => [
    ['orders.read', { params: { orderId } }],
    ['people.find', { query: { purpose: 'dispatch', orderId } }],
    ['orders.confirm', { params: { orderId }, body: {} }],
    ['orders.accept', { params: { orderId }, body: {} }],
  ]),
  ...taskIds.flatMap((taskId): Ask[] => [
    ['tasks.read', { params: { taskId } }],
    ['people.find', { query: { purpose: 'handOver', taskId } }],
    ['tasks.claim', { params: { taskId }, body: {} }],
  ]),
  ...drawIds.map((drawId): Ask => ['inspections.read', { params: { drawId } }]),
];

/** Every list there is and everything that has an id, as this person; refusals too. */
export async function everythingToldTo(client: Client, town: Town, things: Things): Promise<Told[]> {
  const told: Told[] = [];
  const asks = [...lists(town), ...byId(things)];
  const atOnce = 6;
  for (let from = 0; from < asks.length; from += atOnce) {
    const replies = asks.slice(from, from + atOnce).map(async ([key, sent]): Promise<Told> => {
      const { data, problem } = await client.call(key, sent);
      return { by: key, text: JSON.stringify(data ?? problem) };
    });
    told.push(...(await Promise.all(replies)));
  }
  return told;
}
