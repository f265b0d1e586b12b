import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant, Ulid, keys } from '../schemas';
import { careStates, consentWays, kinships } from './household-events.words';
import { Care } from './households.contract';

const Day = z.iso.date('日期格式不对');

const CareId = z.object({ careId: Ulid });
const CareReply = z
  .object({
    /** Homes I care for, and those I have asked. */
    mine: z.array(Care),
  })
  .meta({ id: 'Caring' });

export const careApi = {
  mine: endpoint({
    method: 'get',
    path: '/care',
    permission: 'household.see',
    summary: '我照看的家',
    reply: CareReply,
  }),
  ask: endpoint({
    method: 'post',
    path: '/care/ask',
    permission: 'household.see',
    summary: '扫父母家的门牌码，请求照看',
    body: ActionId.extend({
      key: z.string().regex(/^[\w-]{1,64}$/, '门牌码不对'),
      kinship: z.enum(keys(kinships), '请选择您是老人的什么人'),
    }),
    reply: CareReply,
  }),
  answer: endpoint({
    method: 'post',
    path: '/care/:careId/answer',
    permission: 'household.see',
    summary: '家里人或网格员：同意，或不同意',
    params: CareId,
    body: ActionId.extend({ agree: z.boolean() }),
    reply: z.object({ state: z.enum(keys(careStates)) }),
  }),
  end: endpoint({
    method: 'post',
    path: '/care/:careId/end',
    permission: 'household.see',
    summary: '不再照看（两边都可以）',
    params: CareId,
    body: ActionId,
    reply: z.object({ state: z.enum(keys(careStates)) }),
  }),
};

const ProxyId = z.object({ proxyId: Ulid });
export const proxiesApi = {
  give: endpoint({
    method: 'put',
    path: '/proxies/:proxyId',
    permission: 'order.settle',
    summary: '记下同意：这位村民请我代办',
    params: ProxyId,
    body: z.object({
      personId: Ulid,
      how: z.enum(keys(consentWays), '请选择怎么同意的'),
      startsOn: Day,
      endsOn: Day,
    }),
    reply: z.object({ proxyId: Ulid, endsOn: z.string() }),
  }),
  revoke: endpoint({
    method: 'post',
    path: '/proxies/:proxyId/revoke',
    permission: 'household.see',
    summary: '不再请人代办',
    params: ProxyId,
    body: ActionId,
    reply: z.object({ revokedAt: Instant }),
  }),
};
