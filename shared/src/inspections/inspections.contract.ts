import { z } from 'zod';
import { endpoint } from '../endpoint';
import { OrderCard } from '../orders/order.schema';
import { ActionId, Instant, Ulid, pageOf, Page } from '../schemas';

export const Draw = z
  .object({
    id: Ulid,
    gridId: Ulid,
    gridName: z.string(),
    month: z.string(),
    seed: z.string(),
    rule: z.object({ percent: z.number(), doubled: z.array(z.string()), always: z.array(z.string()) }),
    population: z.int(),
    drawn: z.int(),
    inspected: z.int(),
    drawnAt: Instant,
    drawnBy: z.string(),
  })
  .meta({ id: 'Draw' });

export const inspectionsApi = {
  draw: endpoint({
    method: 'post',
    path: '/inspections',
    permission: 'inspection.draw',
    summary: '抽查（按种子随机，抽过不能重抽）',
    body: ActionId.extend({
      gridId: Ulid,
      month: z.string('请选择月份').regex(/^20\d\d-(0[1-9]|1[0-2])$/, '月份格式不对'),
    }),
    reply: Draw,
  }),
  list: endpoint({
    method: 'get',
    path: '/inspections',
    permission: 'inspection.read',
    summary: '历次抽查',
    query: Page,
    reply: pageOf(Draw),
  }),
  read: endpoint({
    method: 'get',
    path: '/inspections/:drawId',
    permission: 'inspection.read',
    summary: '抽到的单子',
    params: z.object({ drawId: Ulid }),
    reply: z.object({
      draw: Draw,
      items: z.array(
        z.object({
          order: OrderCard,
          why: z.string(),
          result: z.enum(['pass', 'fault', 'redo']).nullable(),
          fault: z.string().nullable(),
          appealed: z.boolean(),
        }),
      ),
    }),
  }),
};
