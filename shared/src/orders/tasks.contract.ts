import { z } from 'zod';
import { endpoint, kebab } from '../endpoint';
import { ActionId, Instant, Page, Ulid, pageOf, text } from '../schemas';
import { ContactMethodCode, GiveBackReasonCode, NoPhotoReasonCode, OutcomeCode, PhotoIds, Words } from './order.schema';
import { TaskActionReply, TaskCard, TaskDetail } from './task.schema';
import type { TaskAction } from './task.lifecycle';
import { taskLifecycle } from './task.lifecycle';

const TaskId = z.object({ taskId: Ulid });

const act = <const A extends TaskAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/tasks/:taskId/${kebab(action)}`,
    permission: `task.${action}`,
    summary: taskLifecycle.actions[action].name,
    params: TaskId,
    body: ActionId.extend(fields),
    reply: TaskActionReply,
  });

export const tasksApi = {
  list: endpoint({
    method: 'get',
    path: '/tasks',
    permission: 'task.read',
    summary: '任务列表',
    query: Page.extend({ scope: z.enum(['claimable', 'mine', 'desk']).default('mine'), gridId: Ulid.optional() }),
    reply: pageOf(TaskCard),
  }),
  read: endpoint({
    method: 'get',
    path: '/tasks/:taskId',
    permission: 'task.read',
    summary: '任务详情',
    params: TaskId,
    reply: TaskDetail,
  }),
  claim: act('claim', { promisedAt: Instant }),
  start: act('start', { keepOpen: z.boolean().default(false) }),
  giveBack: act('giveBack', { reason: GiveBackReasonCode, words: Words.optional() }),
  /** 换届: I was asked, and go on with it. */
  keep: act('keep', {}),
  handOver: act('handOver', { toPersonId: Ulid, words: Words.optional() }),
  agreeHandOver: act('agreeHandOver', { promisedAt: Instant.optional() }),
  refuseHandOver: act('refuseHandOver', { words: Words.optional() }),
  contact: act('contact', { method: ContactMethodCode, words: Words.optional() }),
  note: act('note', { words: Words, photoIds: PhotoIds.default([]) }),
  askHelp: act('askHelp', { words: Words, people: z.int().min(1).max(20).default(1) }),
  askExtension: act('askExtension', { words: Words, until: Instant.optional() }),
  report: act('report', {
    outcome: OutcomeCode,
    words: Words,
    photoIds: PhotoIds.default([]),
    noPhotoReason: NoPhotoReasonCode.optional(),
    /** Where the outcome is planned or beyondPower: which plan or unit, its number, by when. */
    link: text(80).optional(),
    linkOn: z.iso.date('日期格式不对').optional(),
    answer: Words.optional(),
    absentIds: z.array(Ulid).max(50).optional(),
  }),
  reassign: act('reassign', { toPersonId: Ulid, newTaskId: Ulid, words: Words }),
  waive: act('waive', { words: Words }),
  cancel: act('cancel', { words: Words }),
};
