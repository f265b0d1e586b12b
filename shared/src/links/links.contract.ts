import { z } from 'zod';
import { endpoint, file } from '../endpoint';
import { Ulid } from '../schemas';

/** What a link may lead to. `home`: 门牌码. `grid`: this village or group. `desk`: the 便民服务点 of a village. */
export const LinkWhat = z.enum(['commitment', 'member', 'organization', 'home', 'grid', 'desk', 'activity']);
export type LinkWhat = z.output<typeof LinkWhat>;

const Thing = z.object({ what: LinkWhat, thingId: Ulid });
/** As it came out of an address or a scanned code: whatever is no key of ours is simply not found. */
const Key = z.object({ key: z.string().regex(/^[\w-]{1,64}$/, '编号格式不对') });

const given = {
  key: z.string(),
  /** Below the server's public address: `/c/…`. */
  address: z.string(),
};

/** A page of the app with what it is opened with. */
const Destination = z.union([
  z.object({ page: z.literal('commitment'), params: z.object({ commitmentId: Ulid }) }),
  z.object({ page: z.literal('memberCard'), params: z.object({ personId: Ulid }) }),
  /** 门牌码: its page offers what whoever scanned it may do. */
  z.object({ page: z.literal('door'), params: z.object({ door: z.string() }) }),
  /** 点单 at this place; without it where there is no such grid any more. `scannedKey` goes into the order. */
  z.object({
    page: z.literal('place'),
    params: z.object({ gridId: Ulid, at: z.string(), scannedKey: z.string() }).partial(),
  }),
  z.object({ page: z.literal('commitments'), params: z.object({ organizationId: Ulid }) }),
  /** Of a message in WeChat. */
  z.object({ page: z.literal('order'), params: z.object({ orderId: Ulid }) }),
  z.object({ page: z.literal('task'), params: z.object({ taskId: Ulid }) }),
  z.object({ page: z.literal('activity'), params: z.object({ activityId: Ulid, k: z.string() }) }),
  /** 签到码: whether it is still good, its page asks. */
  z.object({ page: z.literal('checkIn'), params: z.object({ code: z.string() }) }),
  z.object({ page: z.literal('confirmSignIn'), params: z.object({ code: z.string() }) }),
  z.object({ page: z.literal('connectPhone'), params: z.object({ code: z.string() }) }),
]);

/**
 * What may be done at a door, by who scanned its code: order, see the own house or the one that one cares for, open it as
 * who serves it, say that one lives there, ask to care for it.
 */
const DoorOffer = z.enum(['place', 'home', 'care', 'serve', 'bind', 'askCare']);
const Door = z
  .object({
    /** The group, never the house or who lives in it: that stands on no screen before somebody has shown who he is. */
    gridId: Ulid,
    place: z.string(),
    /** Nobody is on its roll any more. */
    isClosed: z.boolean(),
    /** For those who may open it anyway. */
    householdId: Ulid.nullable(),
    offers: z.array(DoorOffer),
  })
  .meta({ id: 'Door' });

/** Links that outlive us (decisions.md §5.2): screens may move, printed codes and shared cards go on leading there. */
export const linksApi = {
  give: endpoint({
    method: 'put',
    path: '/links/:what/:thingId',
    permission: 'commitment.read',
    summary: '取转发用的短链接',
    params: Thing,
    reply: z.object(given).meta({ id: 'Link' }),
  }),
  code: endpoint({
    method: 'put',
    path: '/links/:what/:thingId/code',
    permission: 'commitment.read',
    summary: '取小程序码',
    params: Thing,
    reply: z
      .object({
        ...given,
        /** A signed address that opens the picture for an hour or two. */
        image: z.string(),
      })
      .meta({ id: 'LinkCode' }),
  }),
  open: endpoint({
    method: 'get',
    path: '/links/:key',
    permission: 'signedIn',
    summary: '短链接指向哪个页面',
    params: Key,
    reply: Destination,
  }),
  // A phone's browser reads a link before anybody has signed in, and only in WeChat can he.
  app: endpoint({
    method: 'get',
    path: '/links/:key/app',
    permission: 'anyone',
    summary: '从手机浏览器打开小程序的网址',
    params: Key,
    reply: z.object({ address: z.string() }).meta({ id: 'AppLink' }),
  }),
  door: endpoint({
    method: 'get',
    path: '/doors/:key',
    permission: 'order.place',
    summary: '扫了门牌码能做什么',
    params: Key,
    reply: Door,
  }),
  picture: endpoint({
    method: 'get',
    path: '/codes/:key',
    permission: 'anyone',
    summary: '看小程序码（带签名、会过期的地址）',
    params: Key,
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ noList: '一个小程序码' }, 'image/jpeg'),
  }),
};
