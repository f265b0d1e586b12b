import { z } from 'zod';
import { endpoint, kebab } from '../endpoint';
import { StageCode } from '../orders/order.schema';
import { ActionId, Instant, Page, Ulid, pageOf, text, keys } from '../schemas';
import { Day } from './commitment.schema';
import { usualResidentShare, wholeWeight } from './showcase-result';
import { showcaseLifecycle, type ShowcaseAction, type ShowcaseState } from './showcase.lifecycle';

const ShowcaseId = z.object({ showcaseId: Ulid });
const RoundId = z.object({ roundId: Ulid });
const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const Criterion = z
  .object({ name: text(20), weight: z.int('请填整数').min(1).max(wholeWeight) })
  .meta({ id: 'Criterion' });

const plan = {
  title: text(40),
  heldOn: Day,
  criteria: z
    .array(Criterion)
    .min(1, '至少一项标准')
    .max(10, '最多 10 项')
    .refine((all) => all.reduce((sum, { weight }) => sum + weight, 0) === wholeWeight, '各项比重加起来要等于 100'),
  residentShare: z.int().min(0).max(100).default(usualResidentShare),
  contestantIds: z.array(Ulid).min(2, '至少两个党组织').max(200).refine(unique, '有重复的'),
  judgeIds: z.array(Ulid).min(1, '至少一位评委').max(100).refine(unique, '有重复的'),
};
export const ShowcasePlan = z.object(plan).meta({ id: 'ShowcasePlan' });

export const Showcase = z
  .object({
    id: Ulid,
    roundId: Ulid,
    townId: Ulid,
    title: z.string(),
    heldOn: Day,
    state: z.enum(keys<ShowcaseState>(showcaseLifecycle.states)).meta({ id: 'ShowcaseState' }),
    stateName: z.string(),
    stage: StageCode,
    criteria: z.array(Criterion),
    residentShare: z.int(),
    /** 内容检查: others read neither its title nor its criteria at present. */
    held: z.boolean(),
    /** 投诉: somebody else wrote what the reader reads here. */
    complainable: z.boolean(),
    contestants: z.array(
      z.object({
        organizationId: Ulid,
        name: z.string(),
        /** How many judges have scored it, of how many who do not stay away from it. */
        judges: z.int(),
        judgesDue: z.int(),
        /** One's own marks, when one is a judge and has given them. */
        myMarks: z.array(z.int()).nullable(),
        /** 回避: a judge does not score the own village, nor one he is posted to. */
        recused: z.boolean(),
        /** Now, and not yet done. */
        mayScore: z.boolean(),
      }),
    ),
    judges: z.array(
      z.object({
        personId: Ulid,
        name: z.string(),
        /** How many contestants he has scored, of how many: those he stays away from (回避) are not counted. */
        scored: z.int(),
        due: z.int(),
      }),
    ),
    progress: z.object({
      /** Judges who have scored all they have to. */
      done: z.int(),
      judges: z.int(),
    }),
    /** The places, from the end of scoring on; frozen when signed. */
    results: z
      .array(
        z.object({
          place: z.int(),
          organizationId: Ulid,
          name: z.string(),
          total: z.number(),
          judged: z.number().nullable(),
          residents: z.number().nullable(),
          judges: z.int(),
        }),
      )
      .nullable(),
    signedBy: z.string().nullable(),
    signedAt: Instant.nullable(),
    version: z.int(),
    allows: z.array(z.enum(keys<ShowcaseAction>(showcaseLifecycle.actions)).meta({ id: 'ShowcaseAction' })),
  })
  .meta({ id: 'Showcase' });

/** One line of the list. */
export const ShowcaseCard = Showcase.pick({
  ...{ id: true, roundId: true, title: true, heldOn: true, state: true, stateName: true, stage: true },
})
  .extend({
    contestants: z.int(),
    judges: z.int(),
    /** How many one has still to score as a judge; 0 for everybody else, and before and after. */
    toScore: z.int(),
  })
  .meta({ id: 'ShowcaseCard' });

const act = <const A extends ShowcaseAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/showcases/:showcaseId/${kebab(action)}`,
    permission: `showcase.${action}`,
    summary: showcaseLifecycle.actions[action].name,
    params: ShowcaseId,
    body: ActionId.extend(fields),
    reply: Showcase,
  });

export const showcasesApi = {
  set: endpoint({
    method: 'put',
    path: '/showcases/:showcaseId',
    permission: 'showcase.set',
    summary: '设立擂台',
    params: ShowcaseId,
    body: ShowcasePlan.extend({ roundId: Ulid }),
    reply: Showcase,
  }),
  list: endpoint({
    method: 'get',
    path: '/showcases',
    permission: 'commitment.read',
    summary: '打擂比武',
    reply: z.object({
      items: z.array(ShowcaseCard),
      /** The years for which one may set up a showcase, newest first. */
      toSet: z.array(z.object({ roundId: Ulid, year: z.int() })),
    }),
  }),
  read: endpoint({
    method: 'get',
    path: '/showcases/:showcaseId',
    permission: 'commitment.read',
    summary: '擂台（大屏也用这个）',
    params: ShowcaseId,
    reply: Showcase,
  }),
  /** Read once beside the showcase: what each contestant has done with the year's promises, with its members. */
  deeds: endpoint({
    method: 'get',
    path: '/showcases/:showcaseId/deeds',
    permission: 'commitment.read',
    summary: '参赛党组织一年的承诺办得怎样',
    params: ShowcaseId,
    reply: z.object({
      items: z.array(
        z.object({
          organizationId: Ulid,
          /** 兑现: decided when the year was closed; `accepted` are those that wait for it. */
          kept: z.int(),
          accepted: z.int(),
          /** 0–1; null until the year is closed. */
          share: z.number().nullable(),
        }),
      ),
    }),
  }),
  contestants: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/showcase-contestants',
    permission: 'showcase.set',
    summary: '可以参赛的党组织',
    params: RoundId,
    reply: z.object({ items: z.array(z.object({ organizationId: Ulid, name: z.string() })) }),
  }),
  judges: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/showcase-judges',
    permission: 'showcase.set',
    summary: '可以请来当评委的人',
    params: RoundId,
    query: Page.extend({ q: text(20).optional() }),
    /** `organization`: the party organisation he belongs to, else where he serves. */
    reply: pageOf(z.object({ personId: Ulid, name: z.string(), organization: z.string() })),
  }),
  change: act('change', plan),
  start: act('start', {}),
  score: act('score', {
    organizationId: Ulid,
    marks: z.array(z.int('请填整数').min(0, '0 到 100 分').max(100, '0 到 100 分')).min(1).max(10),
  }),
  finish: act('finish', {}),
  sign: act('sign', {}),
  cancel: act('cancel', {}),
};
