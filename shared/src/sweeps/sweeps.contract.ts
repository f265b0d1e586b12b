import { z } from 'zod';
import { PaperLink } from '../commitments/papers.contract';
import { endpoint, file, kebab, sheetType } from '../endpoint';
import { ActionId, Instant, MaskedName, Page, Ulid, pageOf, text } from '../schemas';
import { sweepLifecycle, type SweepAction } from './sweep.lifecycle';
import {
  RecordVisit,
  RoundTarget,
  Selection,
  ShelterPlace,
  Sweep,
  SweepCard,
  SweepCounts,
  SweepKindCode,
  SweepQuestion,
  SweepTarget,
  TargetCard,
  TargetStateCode,
  sweepPlan,
} from './sweep.schema';
import { sweepLimits } from './sweep.words';

const SweepId = z.object({ sweepId: Ulid });
const TargetId = z.object({ targetId: Ulid });

const act = <const A extends SweepAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/sweeps/:sweepId/${kebab(action)}`,
    permission: `sweep.${action}`,
    summary: sweepLifecycle.actions[action].name,
    params: SweepId,
    body: ActionId.extend(fields),
    reply: Sweep,
  });

export const sweepsApi = {
  list: endpoint({
    method: 'get',
    path: '/sweeps',
    permission: 'sweep.read',
    summary: '入户排查和转移安置',
    query: Page,
    reply: pageOf(SweepCard).extend({
      /** Where the caller may set up one. */
      areas: z.array(z.object({ gridId: Ulid, name: z.string() })),
      /** Whether he may choose households by sensitive flags. */
      choosesFlags: z.boolean(),
    }),
  }),
  /** POST: whoever counts by flags learns something of households, so it is written down. */
  preview: endpoint({
    method: 'post',
    path: '/sweeps/preview',
    permission: 'sweep.set',
    summary: '先看看有多少户、多少人，谁去',
    body: z.object({ gridId: Ulid, selection: Selection }).meta({ id: 'PreviewSweep' }),
    reply: z.object({
      households: z.int(),
      people: z.int(),
      /** With nobody who could go. */
      unassigned: z.int(),
      holders: z.int(),
      /** 户号 that are on no roll within this grid. */
      unknown: z.array(z.string()),
    }),
  }),
  set: endpoint({
    method: 'put',
    path: '/sweeps/:sweepId',
    permission: 'sweep.set',
    summary: '新建排查',
    params: SweepId,
    body: z.object(sweepPlan).meta({ id: 'SweepPlan' }),
    reply: Sweep,
  }),
  read: endpoint({
    method: 'get',
    path: '/sweeps/:sweepId',
    permission: 'sweep.read',
    summary: '一次排查的情况',
    params: SweepId,
    reply: Sweep,
  }),
  change: act('change', sweepPlan),
  start: act('start', {}),
  split: act('split', {
    /** Left out: all that have nobody. */
    targetIds: z.array(Ulid).min(1, '请至少选一户').max(sweepLimits.assign).optional(),
    /** Left out: the linked member, else the worker of the group. */
    holderId: Ulid.optional(),
  }),
  remind: endpoint({
    method: 'post',
    path: '/sweeps/:sweepId/remind',
    permission: 'sweep.remind',
    summary: '提醒还没查完的（每天一次）',
    params: SweepId,
    body: ActionId.extend({ holderIds: z.array(Ulid).min(1, '请至少选一个').max(sweepLimits.assign).optional() }),
    reply: z.object({
      reminded: z.int(),
      /** Reminded earlier today, by whomever. */
      already: z.int(),
    }),
  }),
  extend: act('extend', { deadline: Instant, words: text(sweepLimits.words).optional() }),
  close: act('close', { words: text(sweepLimits.words).optional() }),
  reopen: act('reopen', { words: text(sweepLimits.words), deadline: Instant }),
  cancel: act('cancel', { words: text(sweepLimits.words) }),
  progress: endpoint({
    method: 'get',
    path: '/sweeps/:sweepId/progress',
    permission: 'sweep.read',
    summary: '进度：按村、按组、按人',
    params: SweepId,
    query: z.object({ by: z.enum(['village', 'group', 'holder']).default('group') }),
    reply: z.object({
      rows: z.array(
        SweepCounts.extend({ id: Ulid.nullable(), name: z.string(), remindedToday: z.boolean() }).meta({
          id: 'SweepProgressRow',
        }),
      ),
    }),
  }),
  /** 转移安置: who is where, by place and by standing. */
  rollCall: endpoint({
    method: 'get',
    path: '/sweeps/:sweepId/roll-call',
    permission: 'sweep.read',
    summary: '转移到了哪里，谁还没转移',
    params: SweepId,
    reply: z.object({
      places: z.array(ShelterPlace.extend({ people: z.int() })),
      moved: z.int(),
      relatives: z.int(),
      refused: z.int(),
      notFound: z.int(),
      returned: z.int(),
      waiting: z.int(),
      /** The first hundred who are not moved; who cannot move alone comes first. */
      notMoved: z.array(
        z.object({
          ...{ targetId: Ulid, personId: Ulid, name: MaskedName, door: z.string().nullable(), group: z.string() },
          ...{ standing: z.string(), needs: z.array(z.string()) },
          holder: z.string().nullable(),
        }),
      ),
      /** There are more than those. */
      notMovedIsMore: z.boolean(),
    }),
  }),
  targets: endpoint({
    method: 'get',
    path: '/sweeps/:sweepId/targets',
    permission: 'sweep.read',
    summary: '一户一户看',
    params: SweepId,
    query: Page.extend({
      state: TargetStateCode.optional(),
      gridId: Ulid.optional(),
      holderId: Ulid.optional(),
      unassigned: z.stringbool().optional(),
      findings: z.stringbool().optional(),
    }),
    reply: pageOf(TargetCard),
  }),
  holders: endpoint({
    method: 'get',
    path: '/sweeps/:sweepId/holders',
    permission: 'sweep.split',
    summary: '可以派给谁',
    params: SweepId,
    query: z.object({ gridId: Ulid, q: text(20).optional() }),
    reply: z.object({ people: z.array(z.object({ personId: Ulid, name: z.string(), role: z.string() })) }),
  }),
  mine: endpoint({
    method: 'get',
    path: '/my-sweeps',
    permission: 'sweep.record',
    summary: '派给我的排查',
    reply: z.object({ items: z.array(SweepCard) }),
  }),
  /** Kept on the phone until the sweep ends: masked names and doors, nothing else of anybody. */
  round: endpoint({
    method: 'get',
    path: '/my-sweeps/:sweepId',
    permission: 'sweep.record',
    summary: '我要去的每一户和表（存在手机上，没有网络也能记）',
    params: SweepId,
    reply: z.object({
      id: Ulid,
      kind: SweepKindCode,
      title: z.string(),
      purpose: z.string(),
      orderedBy: z.string(),
      complainable: z.boolean(),
      deadline: Instant,
      overdue: z.boolean(),
      namesPeople: z.boolean(),
      questions: z.array(SweepQuestion),
      places: z.array(ShelterPlace),
      targets: z.array(RoundTarget),
    }),
  }),
  target: endpoint({
    method: 'get',
    path: '/sweep-targets/:targetId',
    permission: 'sweep.record',
    summary: '一户的情况',
    params: TargetId,
    reply: SweepTarget,
  }),
  record: endpoint({
    method: 'put',
    path: '/sweep-targets/:targetId/visits/:visitId',
    permission: 'sweep.record',
    summary: '记下这一户',
    params: TargetId.extend({ visitId: Ulid }),
    body: RecordVisit,
    reply: SweepTarget,
  }),
  /** POST, because every export is written into the audit log. */
  export: endpoint({
    method: 'post',
    path: '/sweeps/:sweepId/paper',
    permission: 'sweep.export',
    summary: '导出排查结果（Excel 或 PDF）',
    params: SweepId,
    body: z.object({ format: z.enum(['pdf', 'xlsx']).default('xlsx'), names: z.boolean().default(false) }),
    reply: PaperLink,
    secondFactor: true,
  }),
  openPaper: endpoint({
    method: 'get',
    path: '/sweep-papers/:paper',
    permission: 'anyone',
    summary: '打开排查结果（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,600}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['sweeps.export'] }, 'application/pdf', sheetType),
  }),
};
