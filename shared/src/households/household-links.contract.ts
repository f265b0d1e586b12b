import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant, MaskedName, Ulid, text } from '../schemas';
import { visitLimits } from './visit.words';

const Named = z.object({ id: Ulid, name: z.string() });
/** Somebody whom one may find: the number is the post's, or a private one whose owner agreed. */
const Contact = z.object({ personId: Ulid, name: z.string(), kindName: z.string(), phone: z.string().nullable() });

const Moves = z
  .array(z.object({ householdId: Ulid, memberId: Ulid }))
  .max(visitLimits.moves, `一次最多调整 ${visitLimits.moves} 户，请先确认一批`)
  .refine((moves) => new Set(moves.map(({ householdId }) => householdId)).size === moves.length, '同一户只能调整一次');

export const LinkPlan = z
  .object({
    gridId: Ulid,
    name: z.string(),
    /** What it was made from; it is given back when the plan is applied. */
    base: z.string(),
    from: z.int(),
    to: z.int(),
    households: z.int(),
    /** New links, links that change, stand-ins that begin or end, households without anybody. */
    added: z.int(),
    changed: z.int(),
    standIns: z.int(),
    unlinked: z.int(),
    members: z.array(
      z.object({
        personId: Ulid,
        name: z.string(),
        grid: z.string(),
        away: z.boolean(),
        before: z.int(),
        after: z.int(),
        /** 少于 5 户 or 多于 10 户: said, never forbidden. */
        warning: z.string().nullable(),
      }),
    ),
    groups: z.array(Named.extend({ households: z.int(), changes: z.int() })),
    /** Of the group that was asked for. */
    rows: z.array(
      z.object({
        householdId: Ulid,
        name: MaskedName.nullable(),
        door: z.string().nullable(),
        before: Named.nullable(),
        after: Named.nullable(),
        standIn: Named.nullable(),
        change: z.enum(['none', 'new', 'other', 'standIn', 'nobody']),
        /** 群众要求换人 */
        asked: z.boolean(),
      }),
    ),
    allows: z.array(z.literal('apply')),
  })
  .meta({ id: 'LinkPlan' });

export const householdLinksApi = {
  /** 双联双找: my party member and my branch. */
  mine: endpoint({
    method: 'get',
    path: '/household-links/mine',
    permission: 'signedIn',
    summary: '我的党员、我的支部、身边的中心户',
    reply: z.object({
      member: Contact.extend({
        away: z.boolean(),
        standInFor: z.string().nullable(),
        since: Instant,
      }).nullable(),
      /** Who looks after us while there is no member, or he is away: the branch, else the village. */
      serving: Contact.nullable(),
      branch: z.object({ organizationId: Ulid, name: z.string(), secretaries: z.array(Contact) }).nullable(),
      hubs: z.array(z.object({ householdId: Ulid, place: z.string(), keepers: z.array(Contact) })),
      /** Asked for another member, not yet decided. */
      askedAt: Instant.nullable(),
      allows: z.array(z.enum(['askAnother', 'placeDirect'])),
    }),
  }),
  askAnother: endpoint({
    method: 'post',
    path: '/household-links/ask-another',
    permission: 'link.askAnother',
    summary: '想换一位联系党员（不用说原因）',
    body: ActionId.extend({ words: text(200).optional() }),
    reply: z.object({ askedAt: Instant }),
  }),
  plan: endpoint({
    method: 'post',
    path: '/household-links/plan',
    permission: 'link.arrange',
    summary: '联户方案（只算不改）',
    body: z.object({ gridId: Ulid, groupId: Ulid.optional(), moves: Moves.default([]) }),
    reply: LinkPlan,
  }),
  apply: endpoint({
    method: 'post',
    path: '/household-links/apply',
    permission: 'link.arrange',
    summary: '照方案联户（一次办成）',
    body: ActionId.extend({ gridId: Ulid, base: z.string().max(64), moves: Moves.default([]) }),
    reply: z.object({ added: z.int(), changed: z.int(), standIns: z.int() }),
  }),
  requests: endpoint({
    method: 'get',
    path: '/household-links/requests',
    permission: 'link.arrange',
    summary: '要求换联系党员的',
    reply: z.object({
      items: z.array(
        z.object({
          id: Ulid,
          householdId: Ulid,
          villageId: Ulid,
          name: MaskedName.nullable(),
          grid: z.string(),
          door: z.string().nullable(),
          member: Named,
          words: z.string().nullable(),
          at: Instant,
        }),
      ),
    }),
  }),
  settleRequest: endpoint({
    method: 'post',
    path: '/household-links/requests/:requestId/settle',
    permission: 'link.arrange',
    summary: '换一位联系党员，或说明为什么先不换',
    params: z.object({ requestId: Ulid }),
    body: ActionId.extend({ memberId: Ulid.optional(), words: text(200).optional() }).refine(
      ({ memberId, words }) => memberId !== undefined || words !== undefined,
      { path: ['words'], message: '请选一位党员，或写几句说明' },
    ),
    reply: z.object({ settled: z.literal(true) }),
  }),
};
