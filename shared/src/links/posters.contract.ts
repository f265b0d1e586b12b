import { z } from 'zod';
import { PaperLink } from '../commitments/papers.contract';
import { endpoint, file } from '../endpoint';
import { ActionId, Ulid } from '../schemas';
import { plainReasons, platesInPart, type PlainReason } from './poster.words';

const GridId = z.object({ gridId: Ulid });
const HouseholdId = z.object({ householdId: Ulid });

/** A paper of codes: where WeChat does not draw now, some are ordinary ones, and whoever prints is told before. */
const PosterLink = PaperLink.extend({
  codes: z.int(),
  plain: z.object({ codes: z.int(), why: z.enum(Object.keys(plainReasons) as [PlainReason]) }).nullable(),
}).meta({ id: 'PosterLink' });

/** 码和海报: what is printed and hung up so that people scan it. Every code leads to the one door (decisions.md §5.2). */
export const postersApi = {
  at: endpoint({
    method: 'get',
    path: '/posters/:gridId',
    permission: 'poster.print',
    summary: '这里能印哪些码和海报',
    params: GridId,
    reply: z
      .object({
        gridId: Ulid,
        place: z.string(),
        posters: z.array(z.object({ what: z.enum(['grid', 'desk', 'groups']), name: z.string(), pages: z.int() })),
        /** 门牌码, for who keeps the roll here; null for others. Each part is a PDF of its own. */
        plates: z
          .object({
            households: z.int(),
            parts: z.array(z.object({ part: z.int(), name: z.string(), plates: z.int() })),
          })
          .nullable(),
      })
      .meta({ id: 'PostersHere' }),
  }),
  poster: endpoint({
    method: 'get',
    path: '/posters/:gridId/poster',
    permission: 'poster.print',
    summary: '海报（A4 打印）的下载地址',
    params: GridId,
    query: z.object({ what: z.enum(['grid', 'desk', 'groups']).default('grid') }),
    reply: PosterLink,
  }),
  // With the codes of all its doors: whoever has such a sheet could knock at each of them in the app.
  plates: endpoint({
    method: 'post',
    path: '/posters/:gridId/plates',
    permission: 'household.manage',
    secondFactor: true,
    summary: `印一片的门牌码（A4，一页 8 张，一份最多 ${platesInPart} 张）`,
    params: GridId,
    body: z.object({ part: z.int().min(1).max(999) }),
    reply: PosterLink,
  }),
  plate: endpoint({
    method: 'post',
    path: '/households/:householdId/door-plate',
    permission: 'household.manage',
    summary: '印一户的门牌码（100 × 140 毫米）',
    params: HouseholdId,
    reply: PosterLink,
  }),
  replace: endpoint({
    method: 'post',
    path: '/households/:householdId/door-code/replace',
    permission: 'household.manage',
    summary: '换一张门牌码（丢了、被人乱用），原来的作废',
    params: HouseholdId,
    body: ActionId,
    reply: z.object({ replaced: z.literal(true) }),
  }),
  replacePlace: endpoint({
    method: 'post',
    path: '/posters/:gridId/code/replace',
    permission: 'poster.print',
    summary: '换一张这里的码（海报要收回、被人乱用），原来的作废',
    params: GridId,
    body: ActionId.extend({ what: z.enum(['grid', 'desk']) }),
    reply: z.object({ replaced: z.literal(true) }),
  }),
  open: endpoint({
    method: 'get',
    path: '/poster-papers/:paper',
    permission: 'anyone',
    summary: '打开码和海报（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,1500}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['posters.plates'] }, 'application/pdf'),
  }),
};
