import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, MaskedPhone, NamesFromStart, Ulid, text } from '../schemas';

/** Entries of the tab bar, in their order; the person's roles decide which are there (decisions.md §5.1). */
export const Tab = z.enum(['home', 'orders', 'claims', 'desk', 'me']).meta({ id: 'Tab' });

export const SignedIn = z
  .object({ token: z.string(), expiresAt: Instant, personId: Ulid, isNew: z.boolean() })
  .meta({ id: 'SignedIn' });

export const RoleHere = z
  .object({
    role: z.string(),
    roleName: z.string(),
    kindName: z.string().nullable(),
    tree: z.enum(['grid', 'party']),
    nodeId: Ulid,
    nodeName: z.string(),
    gridId: Ulid.nullable(),
    tier: z.enum(['county', 'town', 'village', 'group']).nullable(),
  })
  .meta({ id: 'RoleHere' });

export const Me = z
  .object({
    personId: Ulid,
    name: z.string(),
    phone: MaskedPhone.nullable(),
    home: z
      .object({
        householdId: Ulid,
        gridId: Ulid,
        town: z.string(),
        village: z.string(),
        group: z.string(),
        door: z.string().nullable(),
      })
      .nullable(),
    linkedMember: z
      .object({
        personId: Ulid,
        name: z.string(),
        kindName: z.string(),
        away: z.boolean(),
        phone: z.string().nullable(),
      })
      .nullable(),
    roles: z.array(RoleHere),
    tabs: z.array(Tab),
    can: z.array(z.string()),
    largeType: z.boolean(),
    unreadMessages: z.int(),
    town: z.object({ gridId: Ulid, name: z.string(), dutyPhone: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Me' });

export const DemoPerson = z
  .object({ key: z.string(), name: z.string(), roleName: z.string(), place: z.string(), tryThis: z.string() })
  .meta({ id: 'DemoPerson' });

export const peopleApi = {
  signInWithWechat: endpoint({
    method: 'post',
    path: '/sign-in/wechat',
    permission: 'anyone',
    summary: '微信登录（wx.login 的 code）',
    body: z.object({ code: z.string('缺少登录凭证').min(1, '缺少登录凭证').max(200, '登录凭证不对') }),
    reply: SignedIn,
  }),
  demoPeople: endpoint({
    method: 'get',
    path: '/sign-in/demo',
    permission: 'anyone',
    summary: '演示人员',
    demoOnly: true,
    reply: z.object({ people: z.array(DemoPerson) }),
  }),
  signInAsDemo: endpoint({
    method: 'post',
    path: '/sign-in/demo',
    permission: 'anyone',
    summary: '以演示人员登录',
    demoOnly: true,
    body: z.object({ key: z.string('请选择人员').regex(/^[\w-]{1,40}$/, '请选择人员') }),
    reply: SignedIn,
  }),
  signOut: endpoint({
    method: 'post',
    path: '/sign-out',
    permission: 'signedIn',
    summary: '退出登录',
    body: z.object({ everywhere: z.boolean().default(false) }),
    reply: z.object({ ended: z.int() }),
  }),
  me: endpoint({ method: 'get', path: '/me', permission: 'signedIn', summary: '我是谁', reply: Me }),
  changeMe: endpoint({
    method: 'put',
    path: '/me/settings',
    permission: 'signedIn',
    summary: '我的设置',
    body: z.object({
      largeType: z.boolean().optional(),
      awayUntil: z.iso.datetime('时间格式不对').nullable().optional(),
    }),
    reply: Me,
  }),
  find: endpoint({
    method: 'get',
    path: '/people',
    permission: 'person.find',
    summary: '找人（派单、转办用）',
    query: z.object({
      purpose: z.enum(['dispatch', 'handOver', 'proxy']),
      orderId: Ulid.optional(),
      taskId: Ulid.optional(),
      q: text(20).optional(),
    }),
    reply: z.object({
      people: z.array(
        z.object({
          personId: Ulid,
          name: z.string(),
          kindName: z.string(),
          place: z.string(),
          load: z.int(),
          skills: z.array(z.string()),
          away: z.boolean(),
          linked: z.boolean(),
        }),
      ),
      namesFromStart: NamesFromStart,
    }),
  }),
};
