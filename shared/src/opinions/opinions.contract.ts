import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant, Page, Ulid, keys, pageOf, text } from '../schemas';
import { opinionKinds } from './opinion.words';

/** 投诉建议 about the app itself (国办函〔2026〕12号): given on 我的, answered by the administrator, with figures. */
export const Opinion = z
  .object({
    id: Ulid,
    kind: z.enum(keys(opinionKinds)),
    words: z.string(),
    at: Instant,
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
    mine: z.boolean(),
  })
  .meta({ id: 'Opinion' });

export const opinionsApi = {
  give: endpoint({
    method: 'put',
    path: '/opinions/:opinionId',
    permission: 'opinion.give',
    summary: '对本小程序的投诉、建议',
    params: z.object({ opinionId: Ulid }),
    body: z.object({ kind: z.enum(keys(opinionKinds)), words: text(500) }),
    reply: Opinion,
  }),
  list: endpoint({
    method: 'get',
    path: '/opinions',
    permission: 'opinion.give',
    summary: '我提的（管理员：全部）',
    query: Page,
    reply: pageOf(Opinion),
  }),
  answer: endpoint({
    method: 'post',
    path: '/opinions/:opinionId/answer',
    permission: 'opinion.answer',
    summary: '答复投诉建议',
    params: z.object({ opinionId: Ulid }),
    body: ActionId.extend({ words: text(500) }),
    reply: Opinion,
  }),
  figures: endpoint({
    method: 'get',
    path: '/opinions/figures',
    permission: 'anyone',
    summary: '投诉建议的数量和答复情况',
    reply: z.object({ complaints: z.int(), suggestions: z.int(), answered: z.int() }),
  }),
};
