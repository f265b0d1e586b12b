import { z } from 'zod';
import { endpoint, file } from '../endpoint';
import { ActionId, Instant, Page, Ulid, keys, pageOf, text } from '../schemas';
import { TreeName } from './post.schema';
import { handoverKinds, handoverLimits, handoverStates } from './handover.words';

/** One line of what will change, or has: 村级网格长 刘建华 → 叶志强. */
const HandoverLine = z.object({ what: z.string(), words: z.string(), count: z.int().nullable() });

export const Handover = z
  .object({
    id: Ulid,
    tree: TreeName,
    nodeId: Ulid,
    nodeName: z.string(),
    kind: z.enum(keys(handoverKinds)),
    kindName: z.string(),
    state: z.enum(keys(handoverStates)),
    stateName: z.string(),
    effectiveAt: Instant,
    words: z.string().nullable(),
    by: z.string(),
    at: Instant,
    /** 十日内交接 (村委会组织法). */
    handBy: z.string(),
    posts: z.array(
      z.object({
        postId: Ulid,
        personId: Ulid,
        post: z.string(),
        from: z.string(),
        successorId: Ulid.nullable(),
        to: z.string().nullable(),
      }),
    ),
    moveLinks: z.boolean(),
    /** Row by row: what will change; once it is applied, what has. */
    lines: z.array(HandoverLine),
    /** What stands in the way or was left out. */
    warnings: z.array(z.string()),
    allows: z.array(z.enum(['prepare', 'cancel', 'undo', 'print'])),
  })
  .meta({ id: 'Handover' });

const Id = z.object({ handoverId: Ulid });
export const handoversApi = {
  list: endpoint({
    method: 'get',
    path: '/handovers',
    permission: 'handover.prepare',
    summary: '准备好的和办过的交接',
    query: Page,
    reply: pageOf(Handover.omit({ lines: true, warnings: true })),
  }),
  read: endpoint({
    method: 'get',
    path: '/handovers/:handoverId',
    permission: 'handover.prepare',
    summary: '一次交接：会变什么、变了什么',
    params: Id,
    reply: Handover,
  }),
  /** Under the same id it is changed, as long as it is only prepared. */
  prepare: endpoint({
    method: 'put',
    path: '/handovers/:handoverId',
    permission: 'handover.prepare',
    summary: '准备换届交接',
    secondFactor: true,
    params: Id,
    body: z.object({
      tree: TreeName,
      nodeId: Ulid,
      kind: z.enum(keys(handoverKinds), '请选择交接的原因'),
      effectiveAt: Instant,
      words: text(200).optional(),
      /** The terms of those who come in; as access/posts.ts asks. */
      until: Instant.nullable().default(null),
      openReason: text(200).optional(),
      moveLinks: z.boolean().default(false),
      posts: z
        .array(z.object({ postId: Ulid, successorId: Ulid.nullable() }))
        .max(handoverLimits.posts, '一次最多交接 40 个职务'),
    }),
    reply: Handover,
  }),
  cancel: endpoint({
    method: 'post',
    path: '/handovers/:handoverId/cancel',
    permission: 'handover.prepare',
    summary: '取消准备好的交接',
    secondFactor: true,
    params: Id,
    body: ActionId,
    reply: Handover,
  }),
  undo: endpoint({
    method: 'post',
    path: '/handovers/:handoverId/undo',
    permission: 'handover.prepare',
    summary: '24 小时内撤回，恢复原样',
    secondFactor: true,
    params: Id,
    body: ActionId,
    reply: Handover,
  }),
  paper: endpoint({
    method: 'get',
    path: '/handovers/:handoverId/paper',
    permission: 'handover.prepare',
    summary: '交接清单（PDF，签字用）',
    secondFactor: true,
    params: Id,
    reply: file({ noList: '一次交接的清单，由在上面签字的人归档' }, 'application/pdf'),
  }),
};
