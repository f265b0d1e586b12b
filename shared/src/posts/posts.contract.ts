import { z } from 'zod';
import { postLimits } from '../access/posts';
import { endpoint } from '../endpoint';
import { ActionId, Instant, NamesFromStart, Ulid, text } from '../schemas';
import { Delegation, FoundHolder, PersonPage, Post, PostKind, PostRole, TreeName } from './post.schema';

const Reason = text(postLimits.reasonLength, '请写明原因');

export const postsApi = {
  /** By POST: names and phones do not belong in addresses, which are logged on the way. */
  search: endpoint({
    method: 'post',
    path: '/posts/search',
    permission: 'post.read',
    summary: '在管辖范围内按姓名或完整手机号找人',
    body: z.object({ q: text(20, '请输入姓名或手机号') }),
    reply: z.object({ people: z.array(FoundHolder), more: z.boolean(), namesFromStart: NamesFromStart }),
  }),
  person: endpoint({
    method: 'get',
    path: '/posts/people/:personId',
    permission: 'post.read',
    summary: '一个人的任职',
    params: z.object({ personId: Ulid }),
    reply: PersonPage,
  }),
  /** What the caller may give on this node. */
  choices: endpoint({
    method: 'get',
    path: '/posts/choices/:tree/:nodeId',
    permission: 'post.give',
    summary: '这里可以任命哪些职务',
    params: z.object({ tree: TreeName, nodeId: Ulid }),
    reply: z.object({ nodeName: z.string(), roles: z.array(z.object({ role: PostRole, name: z.string() })) }),
  }),
  give: endpoint({
    method: 'put',
    path: '/posts/:postId',
    permission: 'post.give',
    summary: '任命',
    secondFactor: true,
    params: z.object({ postId: Ulid }),
    body: z.object({
      personId: Ulid,
      role: PostRole,
      kind: PostKind.nullable().default(null),
      tree: TreeName,
      nodeId: Ulid,
      from: Instant.optional(),
      until: Instant.nullable().default(null),
      openReason: Reason.optional(),
    }),
    reply: Post,
  }),
  end: endpoint({
    method: 'post',
    path: '/posts/:postId/end',
    permission: 'post.end',
    summary: '免职',
    secondFactor: true,
    params: z.object({ postId: Ulid }),
    body: ActionId.extend({ at: Instant.optional(), reason: Reason }),
    reply: Post,
  }),
  /** 代理: mine, given and received, and the posts that I may pass on. */
  delegations: endpoint({
    method: 'get',
    path: '/posts/delegations',
    permission: 'signedIn',
    summary: '我的代理',
    reply: z.object({
      given: z.array(Delegation),
      received: z.array(Delegation),
      posts: z.array(z.object({ postId: Ulid, name: z.string() })),
    }),
  }),
  candidates: endpoint({
    method: 'get',
    path: '/posts/:postId/candidates',
    permission: 'post.delegate',
    summary: '可以请谁代理',
    params: z.object({ postId: Ulid }),
    reply: z.object({
      people: z.array(z.object({ personId: Ulid, name: z.string(), post: z.string(), away: z.boolean() })),
    }),
  }),
  delegate: endpoint({
    method: 'put',
    path: '/posts/delegations/:delegationId',
    permission: 'post.delegate',
    summary: '请人代理（最长 30 天）',
    params: z.object({ delegationId: Ulid }),
    body: z.object({ postId: Ulid, personId: Ulid, from: Instant.optional(), until: Instant }),
    reply: Delegation,
  }),
  endDelegation: endpoint({
    method: 'post',
    path: '/posts/delegations/:delegationId/end',
    permission: 'signedIn',
    summary: '提前结束代理',
    params: z.object({ delegationId: Ulid }),
    body: ActionId,
    reply: Delegation,
  }),
  disable: endpoint({
    method: 'post',
    path: '/posts/people/:personId/disable',
    permission: 'post.disable',
    summary: '停用账号',
    secondFactor: true,
    params: z.object({ personId: Ulid }),
    body: ActionId.extend({ reason: Reason }),
    reply: PersonPage,
  }),
  enable: endpoint({
    method: 'post',
    path: '/posts/people/:personId/enable',
    permission: 'post.disable',
    summary: '恢复账号',
    secondFactor: true,
    params: z.object({ personId: Ulid }),
    body: ActionId.extend({ reason: Reason }),
    reply: PersonPage,
  }),
};
