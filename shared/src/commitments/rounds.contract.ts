import { z } from 'zod';
import { endpoint, kebab } from '../endpoint';
import { ActionId, Page, Ulid, pageOf, text } from '../schemas';
import { CommitmentCard, Day, MemberOfOrganization } from './commitment.schema';
import { Counts, Debtor, ExemptionCode, Minima, RosterMember, Round } from './round.schema';
import { Figures, FiguresQuery, YearFigures, YearFiguresQuery } from './figures.schema';
import { commitmentLimits, usualMinima } from './commitment.words';
import { roundLifecycle, type RoundAction } from './round.lifecycle';

const RoundId = z.object({ roundId: Ulid });

const move = <const A extends RoundAction, const B extends z.ZodRawShape>(action: A, fields: B) =>
  endpoint({
    method: 'post',
    path: `/commitment-rounds/:roundId/${kebab(action)}`,
    permission: `round.${action}`,
    summary: roundLifecycle.actions[action].name,
    params: RoundId,
    body: ActionId.extend(fields),
    reply: Round,
  });

export const roundsApi = {
  open: endpoint({
    method: 'put',
    path: '/commitment-rounds/:roundId',
    permission: 'round.open',
    summary: '设立承诺年度',
    params: RoundId,
    body: z
      .object({
        /** The town's party committee. */
        organizationId: Ulid,
        year: z.int().min(2020).max(2100),
        minima: Minima.default(usualMinima),
        ranks: z
          .array(z.enum(['committee', 'generalBranch', 'branch', 'cell']))
          .min(1, '请选择哪些党组织要承诺')
          .default(['generalBranch', 'branch']),
        draftsUntil: Day,
        reviewsUntil: Day,
        endsOn: Day,
      })
      .refine((round) => round.draftsUntil <= round.reviewsUntil && round.reviewsUntil <= round.endsOn, {
        path: ['endsOn'],
        message: '日期要依次往后',
      })
      .meta({ id: 'OpenRound' }),
    reply: Round,
  }),
  list: endpoint({
    method: 'get',
    path: '/commitment-rounds',
    permission: 'commitment.read',
    summary: '承诺年度',
    reply: z.object({
      items: z.array(Round),
      /** The year that the caller may set up next, as the last one was set; null for who sets up none. */
      next: Round.pick({ organizationId: true, year: true, minima: true, ranks: true })
        .extend({ organizationName: z.string(), draftsUntil: Day, reviewsUntil: Day, endsOn: Day })
        .nullable(),
    }),
  }),
  read: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId',
    permission: 'commitment.read',
    summary: '一个年度的情况',
    params: RoundId,
    query: z.object({ organizationId: Ulid.optional() }),
    reply: Round.extend({ counts: Counts }),
  }),
  debtors: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/debtors',
    permission: 'round.watch',
    summary: '谁还没承诺、谁不够数',
    params: RoundId,
    query: Page.extend({
      organizationId: Ulid.optional(),
      /** Only those with fewer counted deeds than owed. */
      short: z.stringbool().optional(),
    }),
    reply: pageOf(Debtor),
  }),
  members: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/members',
    permission: 'commitment.draft',
    summary: '谁可以当责任人、一起办（先列本支部的）',
    params: RoundId,
    query: z.object({ q: text(20).optional() }),
    reply: z.object({ people: z.array(MemberOfOrganization) }),
  }),
  blockers: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/blockers',
    permission: 'round.close',
    summary: '结束前还要定的',
    params: RoundId,
    reply: z.object({ items: z.array(CommitmentCard) }),
  }),
  figures: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/figures',
    permission: 'commitment.read',
    summary: '承诺数字，逐级往下看',
    params: RoundId,
    query: FiguresQuery,
    reply: Figures,
  }),
  yearFigures: endpoint({
    method: 'get',
    path: '/commitment-years/:year/figures',
    permission: 'commitment.read',
    summary: '一年里各镇的承诺数字',
    params: z.object({ year: z.coerce.number('年度不对').int().min(2020).max(2100) }),
    query: YearFiguresQuery,
    reply: YearFigures,
  }),
  roster: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/roster',
    permission: 'round.include',
    summary: '按姓名找组织关系在本镇的党员',
    params: RoundId,
    query: Page.extend({
      q: text(20).optional(),
      /** Only those who are not on the list of this year. */
      unlisted: z.stringbool().optional(),
    }),
    reply: pageOf(RosterMember),
  }),
  remind: endpoint({
    method: 'post',
    path: '/commitment-rounds/:roundId/remind',
    permission: 'round.remind',
    summary: '提醒还不够数的（每天一次）',
    params: RoundId,
    body: ActionId.extend({
      /** Left out: everybody who is short and over whom one stands. */
      debtorIds: z.array(Ulid).min(1, '请至少选一个').max(commitmentLimits.bulk).optional(),
    }),
    reply: z.object({
      reminded: z.int(),
      /** Reminded earlier today, by whomever. */
      already: z.int(),
    }),
  }),
  startDrafting: move('startDrafting', {}),
  startReview: move('startReview', {}),
  begin: move('begin', {}),
  lookBack: move('lookBack', {}),
  goOn: move('goOn', {}),
  startClosing: move('startClosing', {}),
  close: move('close', {}),
  exempt: move('exempt', {
    debtorId: Ulid,
    reason: ExemptionCode,
    words: text(200).optional(),
  }),
  readmit: move('readmit', { debtorId: Ulid }),
  include: move('include', {
    personId: Ulid,
    /** The month of joining, 1–12: fewer deeds are owed pro rata. */
    fromMonth: z.int().min(1).max(12).optional(),
  }),
};
