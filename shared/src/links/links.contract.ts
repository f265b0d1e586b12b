import { z } from 'zod';
import { endpoint, file } from '../endpoint';
import { Ulid } from '../schemas';

/** What a link may lead to. */
export const LinkWhat = z.enum(['commitment', 'member', 'organization', 'home']);
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
  /** 门牌码: who stands at the door says who he is, or asks to care for the house. */
  z.object({ page: z.literal('bind'), params: z.object({ door: z.string() }) }),
  z.object({ page: z.literal('commitments'), params: z.object({ organizationId: Ulid }) }),
  z.object({ page: z.literal('confirmSignIn'), params: z.object({ code: z.string() }) }),
  z.object({ page: z.literal('connectPhone'), params: z.object({ code: z.string() }) }),
]);

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
