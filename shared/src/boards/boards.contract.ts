import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Ulid } from '../schemas';

/** A rate with its base; null when fewer than 20 answered (domain.md §9): then only the counts are shown. */
export const Rate = z.object({ part: z.int(), of: z.int(), rate: z.number().nullable() }).meta({ id: 'Rate' });

export const boardsApi = {
  waiting: endpoint({
    method: 'get',
    path: '/waiting',
    permission: 'signedIn',
    summary: '工作台：各项里有几件在等我办（数到 99）',
    reply: z
      .object({
        bindings: z.int(),
        corrections: z.int(),
        linkRequests: z.int(),
        heldTasks: z.int(),
        calls: z.int(),
        uncovered: z.int(),
        contents: z.int(),
      })
      .meta({ id: 'Waiting' }),
  }),
  figures: endpoint({
    method: 'get',
    path: '/figures',
    permission: 'figures.read',
    summary: '办结率、响应率、解决率、满意率',
    query: z.object({
      gridId: Ulid.optional(),
      from: z.iso.date('日期格式不对').optional(),
      to: z.iso.date('日期格式不对').optional(),
    }),
    reply: z.object({
      gridId: Ulid,
      gridName: z.string(),
      from: z.string(),
      to: z.string(),
      accepted: z.int(),
      completionRate: Rate,
      responseRate: Rate,
      resolutionRate: Rate,
      satisfactionRate: Rate,
      beside: z.object({
        running: z.int(),
        unanswered: z.int(),
        declined: z.int(),
        merged: z.int(),
        converted: z.int(),
        withdrawn: z.int(),
        onTheSpot: z.int(),
        selfHandled: z.int(),
        planned: z.int(),
        beyondPower: z.int(),
        reopened: z.int(),
      }),
    }),
  }),
};
