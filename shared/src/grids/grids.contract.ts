import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Gcj02, Ulid } from '../schemas';

export const Tier = z.enum(['county', 'town', 'village', 'group']).meta({ id: 'Tier' });

export const Grid = z
  .object({
    id: Ulid,
    parentId: Ulid.nullable(),
    tier: Tier,
    code: z.string(),
    name: z.string(),
    centre: Gcj02.nullable(),
    dutyPhone: z.string().nullable(),
  })
  .meta({ id: 'Grid' });

export const gridsApi = {
  list: endpoint({
    method: 'get',
    path: '/grids',
    permission: 'anyone',
    summary: '网格树',
    query: z.object({ underId: Ulid.optional(), tier: Tier.optional() }),
    reply: z.object({ version: z.int(), grids: z.array(Grid) }),
  }),
  locate: endpoint({
    method: 'get',
    path: '/grids/locate',
    permission: 'anyone',
    summary: '这个地点在哪个网格(GCJ-02)',
    query: z.object({
      lat: z.coerce.number('纬度不对').min(-90).max(90),
      lng: z.coerce.number('经度不对').min(-180).max(180),
    }),
    reply: z.object({ group: Grid.nullable(), village: Grid.nullable(), town: Grid.nullable(), exact: z.boolean() }),
  }),
};
