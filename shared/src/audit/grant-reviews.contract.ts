import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, MaskedPhone, Page, Ulid, keys, pageOf } from '../schemas';
import { AuditPaperLink } from './audit.contract';
import { accountConcerns } from './account-concerns.words';

export const ReviewedAccount = z
  .object({
    personId: Ulid,
    name: z.string(),
    phone: MaskedPhone.nullable(),
    /** Null: never, as far as sessions and the audit go back. */
    lastSeenAt: Instant.nullable(),
    posts: z.array(
      z.object({
        roleName: z.string(),
        kindName: z.string().nullable(),
        nodeName: z.string(),
        startsAt: Instant,
        endsAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'ReviewedAccount' });

const Where = z.object({ gridId: Ulid.optional() });

export const grantReviewsApi = {
  roles: endpoint({
    method: 'get',
    path: '/role-table',
    permission: 'access.review',
    summary: '岗位权限表：什么岗位能做什么',
    reply: z.object({
      roles: z.array(z.object({ role: z.string(), name: z.string(), apartFrom: z.array(z.string()) })),
      groups: z.array(
        z.object({
          name: z.string(),
          permissions: z.array(z.object({ permission: z.string(), name: z.string(), roles: z.array(z.string()) })),
        }),
      ),
    }),
  }),
  rolesPaper: endpoint({
    method: 'post',
    path: '/role-table/paper',
    permission: 'access.review',
    summary: '岗位权限表的下载地址（PDF）',
    secondFactor: true,
    reply: AuditPaperLink,
  }),
  counts: endpoint({
    method: 'get',
    path: '/account-reviews/counts',
    permission: 'access.review',
    summary: '要核查的账号各有多少',
    query: Where,
    reply: z.object({
      items: z.array(z.object({ concern: z.enum(keys(accountConcerns)), count: z.int() })),
      idleDays: z.int(),
    }),
  }),
  accounts: endpoint({
    method: 'get',
    path: '/account-reviews',
    permission: 'access.review',
    summary: '要核查的账号：久未登录、快到期、没有期限、一人多岗、岗位相斥',
    query: Page.extend({ ...Where.shape, concern: z.enum(keys(accountConcerns)) }),
    reply: pageOf(ReviewedAccount),
  }),
};
