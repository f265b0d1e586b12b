import { z } from 'zod';
import { helperKinds, rolePermissions, type GrantedRole } from '../access/roles';
import { Instant, MaskedPhone, Ulid, keys } from '../schemas';

const granted = Object.keys(rolePermissions).filter((role) => role !== 'resident') as [GrantedRole, ...GrantedRole[]];
export const PostRole = z.enum(granted, '请选择职务').meta({ id: 'PostRole' });
export const PostKind = z.enum(keys(helperKinds), '请选择哪一类').meta({ id: 'PostKind' });
export const TreeName = z.enum(['grid', 'party']);

/** 任职: one role of one person over one node, from–to. */
export const Post = z
  .object({
    id: Ulid,
    role: PostRole,
    roleName: z.string(),
    kind: PostKind.nullable(),
    kindName: z.string().nullable(),
    tree: TreeName,
    nodeId: Ulid,
    nodeName: z.string(),
    from: Instant,
    until: Instant.nullable(),
    state: z.enum(['coming', 'now', 'over']),
    /** Why it has no end date. */
    openReason: z.string().nullable(),
    endReason: z.string().nullable(),
    /** 代理: for whom. */
    behalfOf: z.string().nullable(),
    allows: z.array(z.enum(['end'])),
  })
  .meta({ id: 'Post' });

/** 代理: one post, passed on for a time. */
export const Delegation = z
  .object({
    id: Ulid,
    postName: z.string(),
    nodeName: z.string(),
    principal: z.string(),
    delegate: z.string(),
    from: Instant,
    until: Instant,
    state: z.enum(['coming', 'now', 'over']),
    allows: z.array(z.enum(['end'])),
  })
  .meta({ id: 'Delegation' });

export const FoundHolder = z
  .object({
    personId: Ulid,
    name: z.string(),
    phone: MaskedPhone.nullable(),
    /** Where he lives or belongs: 碧塘村一组, 碧塘村党支部. */
    place: z.string(),
    posts: z.array(z.string()),
    disabled: z.boolean(),
  })
  .meta({ id: 'FoundHolder' });

export const PersonPage = z
  .object({
    personId: Ulid,
    name: z.string(),
    phone: MaskedPhone.nullable(),
    home: z.string().nullable(),
    organization: z.string().nullable(),
    skills: z.array(z.string()),
    /** Tasks in hand. */
    load: z.int(),
    awayUntil: Instant.nullable(),
    disabledAt: Instant.nullable(),
    lastSeenAt: Instant.nullable(),
    posts: z.array(Post),
    before: z.array(Post),
    allows: z.array(z.enum(['give', 'disable', 'enable', 'endSessions', 'resetSecondFactor', 'erase'])),
  })
  .meta({ id: 'PersonPage' });
