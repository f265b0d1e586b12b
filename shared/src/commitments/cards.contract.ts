import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Ulid, text } from '../schemas';

const Organization = z.object({ id: Ulid, name: z.string() });
const PersonId = z.object({ personId: Ulid });
const OrganizationId = z.object({ organizationId: Ulid });

/** 亮身份、亮岗位、亮承诺: what hangs on the wall of a village house, and nothing besides (no phone, no address). */
export const MemberCard = z
  .object({
    personId: Ulid,
    name: z.string(),
    organization: Organization,
    isMine: z.boolean(),
    posts: z.array(z.object({ name: z.string(), place: z.string(), duty: z.string() })),
    /** The newest first; a year without a public promise is left out. */
    years: z.array(
      z.object({
        roundId: Ulid,
        year: z.int(),
        isOver: z.boolean(),
        promised: z.int(),
        delivered: z.int(),
        kept: z.int(),
      }),
    ),
    rating: z.object({
      /** Persons, however many of his deeds each has rated. */
      raters: z.int(),
      /** Null below five raters in all. */
      stars: z.number().nullable(),
    }),
  })
  .meta({ id: 'MemberCard' });

export const OrganizationCard = z
  .object({
    ...{ id: Ulid, name: z.string(), rankName: z.string() },
    /** The secretary first. */
    leads: z.array(z.object({ personId: Ulid, name: z.string(), post: z.string() })),
    /** On its roster, the organisations below included. */
    members: z.int(),
  })
  .meta({ id: 'OrganizationCard' });

/** Who promises: people and organisations as the public sees them. */
export const cardsApi = {
  member: endpoint({
    method: 'get',
    path: '/members/:personId/card',
    permission: 'commitment.read',
    summary: '党员的公开名片',
    params: PersonId,
    reply: MemberCard,
  }),
  members: endpoint({
    method: 'get',
    path: '/members',
    permission: 'commitment.read',
    summary: '按姓名找公开承诺过的党员',
    query: z.object({ q: text(20) }),
    reply: z.object({
      items: z.array(z.object({ personId: Ulid, name: z.string(), organization: Organization })),
    }),
  }),
  organization: endpoint({
    method: 'get',
    path: '/party-organizations/:organizationId/card',
    permission: 'commitment.read',
    summary: '党组织的公开名片',
    params: OrganizationId,
    reply: OrganizationCard,
  }),
  organizations: endpoint({
    method: 'get',
    path: '/party-organizations',
    permission: 'commitment.read',
    summary: '本镇承诺的党组织',
    reply: z.object({
      items: z.array(z.object({ id: Ulid, name: z.string(), parentId: Ulid.nullable() })),
    }),
  }),
};
