import { z } from 'zod';
import { PaperLink } from '../commitments/papers.contract';
import { endpoint, file } from '../endpoint';
import { ActionId, Instant, MaskedName, MaskedPhone, Page, Ulid, keys, pageOf, text } from '../schemas';
import { callReasons, callResults } from './call.words';

const Call = z
  .object({
    id: Ulid,
    orderId: Ulid,
    title: z.string(),
    reason: z.enum(keys(callReasons)),
    reasonName: z.string(),
    /** What to say, as one plain sentence. */
    say: z.string(),
    who: MaskedName.nullable(),
    phone: MaskedPhone.nullable(),
    bestTime: z.string().nullable(),
    place: z.string(),
    since: Instant,
    tries: z.int(),
    /** 上门: rung three times in vain. */
    isVisit: z.boolean(),
  })
  .meta({ id: 'Call' });

export const callsApi = {
  list: endpoint({
    method: 'get',
    path: '/calls',
    permission: 'order.noteCall',
    summary: '电话通知单：消息到不了、要打电话说的',
    /** `gridId`: of this village only, or what lies with the town itself. */
    query: Page.extend({ gridId: Ulid.optional() }),
    /** `desks`: whose 今日待办 one may print. `villages`: where there are calls to be made, and how many. */
    reply: pageOf(Call).extend({
      desks: z.array(z.object({ gridId: Ulid, name: z.string() })),
      villages: z.array(z.object({ gridId: Ulid, name: z.string(), calls: z.int() })),
    }),
  }),
  record: endpoint({
    method: 'post',
    path: '/calls/:callId/record',
    permission: 'order.noteCall',
    summary: '记下打得怎么样：打通了、没人接（明天再打，三次就上门）、不用打了',
    params: z.object({ callId: Ulid }),
    body: ActionId.extend({ result: z.enum(keys(callResults)), words: text(200).optional() }).refine(
      ({ result, words }) => result !== 'unneeded' || words !== undefined,
      { path: ['words'], message: '请写为什么不用打了' },
    ),
    reply: z.object({ result: z.enum(keys(callResults)), againAt: Instant.nullable(), isVisit: z.boolean() }),
  }),
  today: endpoint({
    method: 'post',
    path: '/today-paper',
    permission: 'order.accept',
    secondFactor: true,
    summary: '今日待办：打印给用纸办事的村',
    body: ActionId.extend({ gridId: Ulid }),
    reply: PaperLink,
  }),
  todayPaper: endpoint({
    method: 'get',
    path: '/today-papers/:paper',
    permission: 'anyone',
    summary: '打开今日待办（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,600}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['calls.today'] }, 'application/pdf'),
  }),
};
