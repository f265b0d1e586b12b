import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Ulid, text } from '../schemas';
import { TreeName } from '../posts/post.schema';
import {
  GridCode,
  NodePage,
  OrganizationName,
  OutlineNode,
  Rank,
  StaffRow,
  TreeChange,
  TreeChangeAsked,
} from './tree.schema';
import { treeLimits } from './tree.words';

const Node = z.object({ tree: TreeName, nodeId: Ulid });
/** In China; today when left out. A day that is over is only noted. */
const EffectiveOn = z
  .string()
  .regex(/^20\d\d-[01]\d-[0-3]\d$/, '日期写成 2026-09-15 这样')
  .optional();
const Reason = text(treeLimits.reasonLength, '请写明原因');

export const treesApi = {
  outline: endpoint({
    method: 'get',
    path: '/trees/:tree',
    permission: 'tree.read',
    summary: '管辖范围内的网格树、党组织树',
    params: z.object({ tree: TreeName }),
    reply: z.object({ nodes: z.array(OutlineNode) }),
  }),
  node: endpoint({
    method: 'get',
    path: '/trees/:tree/:nodeId',
    permission: 'tree.read',
    summary: '一个网格或党组织：人员、空缺、历史',
    params: Node,
    reply: NodePage,
  }),
  staff: endpoint({
    method: 'get',
    path: '/trees/grid/:nodeId/staff',
    permission: 'tree.read',
    summary: '一格三员：每个小网格缺谁',
    params: z.object({ nodeId: Ulid }),
    reply: z.object({
      villages: z.array(
        z.object({
          id: Ulid,
          name: z.string(),
          groups: z.int(),
          complete: z.int(),
          missing: z.object({ partyGuide: z.int(), villageLiaison: z.int(), gridWorker: z.int() }),
          rows: z.array(StaffRow),
        }),
      ),
    }),
  }),
  add: endpoint({
    method: 'put',
    path: '/trees/:tree/:nodeId',
    permission: 'tree.change',
    summary: '新设网格或党组织',
    secondFactor: true,
    params: Node,
    body: z.object({
      parentId: Ulid,
      name: OrganizationName,
      code: GridCode.optional(),
      rank: Rank.optional(),
      reason: Reason,
      effectiveOn: EffectiveOn,
    }),
    reply: TreeChange,
  }),
  /** What will follow, before it is done. */
  preview: endpoint({
    method: 'post',
    path: '/trees/:tree/:nodeId/preview',
    permission: 'tree.change',
    summary: '变动会牵动什么',
    params: Node,
    body: z.object({ change: TreeChangeAsked }),
    reply: z.object({ follows: z.array(z.string()), warnings: z.array(z.string()) }),
  }),
  change: endpoint({
    method: 'post',
    path: '/trees/:tree/:nodeId/change',
    permission: 'tree.change',
    summary: '改名、改编码、边界、划转、合并、撤销',
    secondFactor: true,
    params: Node,
    body: ActionId.extend({ change: TreeChangeAsked, reason: Reason, effectiveOn: EffectiveOn }),
    reply: TreeChange,
  }),
  cancel: endpoint({
    method: 'post',
    path: '/trees/changes/:changeId/cancel',
    permission: 'tree.change',
    summary: '取消还没生效的变动',
    secondFactor: true,
    params: z.object({ changeId: Ulid }),
    body: ActionId,
    reply: TreeChange,
  }),
};
