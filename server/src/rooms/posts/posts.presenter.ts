import { helperKinds, roleNames, type GrantedRole, type HelperKind } from '@sandan/shared/access/roles';
import type { FoundHolder, PersonPage, Post } from '@sandan/shared/posts/post.schema';
import { skills, type Skill } from '@sandan/shared/orders/order.words';
import type { z } from 'zod';
import type { Caller } from '../../foundation/access/caller';
import { maskPhone } from '../../foundation/access/masking';
import { nodeName, nodeReached, placeName, type NodeRef } from '../../foundation/access/nodes';
import { reachesHome } from '../../foundation/access/reach';
import { mayGive } from '../../foundation/access/post-rules';
import type { FoundRow, PersonFacts, PostRow } from './posts.queries';

export type PostReply = z.input<typeof Post>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const postWords = (role: GrantedRole, kind: HelperKind | null): string =>
  kind ? helperKinds[kind] : roleNames[role];

export const stateOf = ({ startsAt, endsAt }: Pick<PostRow, 'startsAt' | 'endsAt'>, now: Date): PostReply['state'] => {
  if (endsAt !== null && endsAt <= now) return 'over';
  return startsAt > now ? 'coming' : 'now';
};

export function presentPost(row: PostRow, caller: Caller): PostReply {
  const state = stateOf(row, caller.now);
  const isOwn = row.personId === caller.personId;
  const mayEnd = state !== 'over' && !isOwn && row.behalfOfId === null && mayGive(caller, row.role, row);
  return {
    ...{ id: row.id, role: row.role, roleName: roleNames[row.role], kind: row.kind },
    kindName: row.kind ? helperKinds[row.kind] : null,
    ...{ tree: row.tree, nodeId: row.nodeId, nodeName: placeName(caller.reference.tree, row) },
    ...{ from: row.startsAt.toISOString(), until: iso(row.endsAt), state },
    ...{ openReason: row.openReason, endReason: row.endReason, behalfOf: row.behalfName },
    allows: mayEnd ? ['end'] : [],
  };
}

export function presentPerson(
  facts: PersonFacts,
  rows: readonly PostRow[],
  caller: Caller,
  signInActs: readonly ('endSessions' | 'resetSecondFactor')[],
): z.input<typeof PersonPage> {
  const { tree } = caller.reference;
  const posts = rows.map((row) => presentPost(row, caller));
  const isSelf = facts.id === caller.personId;
  const mayDisable = !isSelf && caller.grants.some(({ role }) => role === 'admin') && disablesHere(facts, rows, caller);
  const givesSomething = caller.grants.some(({ role }) => role === 'admin' || role === 'partySecretary');
  return {
    ...{ personId: facts.id, name: facts.name, phone: maskPhone(facts.phone) },
    home:
      facts.gridId === null ? null : `${placeName(tree, { tree: 'grid', nodeId: facts.gridId })}${facts.door ?? ''}`,
    organization: facts.organizationId && (tree.organization(facts.organizationId)?.name ?? null),
    skills: facts.skills.map((skill) => skills[skill as Skill] ?? skill),
    ...{ load: facts.load, awayUntil: facts.awayUntil && facts.awayUntil > caller.now ? iso(facts.awayUntil) : null },
    ...{ disabledAt: iso(facts.disabledAt), lastSeenAt: iso(facts.lastSeenAt) },
    posts: posts.filter(({ state }) => state !== 'over'),
    before: posts.filter(({ state }) => state === 'over'),
    allows: [
      ...(!isSelf && givesSomething && facts.disabledAt === null ? (['give'] as const) : []),
      ...(mayDisable ? [facts.disabledAt === null ? ('disable' as const) : ('enable' as const)] : []),
      ...signInActs,
      ...(mayErase(facts, caller) ? (['erase'] as const) : []),
    ],
  };
}

/** 去世、书面申请注销: by the administrator over the home. What stands against it, the room of privacy says. */
const mayErase = ({ id, erasedAt, gridId }: PersonFacts, caller: Caller): boolean =>
  id !== caller.personId && erasedAt === null && reachesHome(caller, 'person.erase', gridId);

/** An account is closed by an administrator over every place where its owner lives and serves; his peers are not his to close. */
export function disablesHere(facts: PersonFacts, rows: readonly PostRow[], caller: Caller): boolean {
  const held = rows.filter((row) => stateOf(row, caller.now) !== 'over');
  const peers = held.filter(({ role }) => role === 'admin' || role === 'auditor');
  if (peers.some((row) => !nodeReached(caller, 'post.disable', row, true))) return false;
  const here: NodeRef[] = [...(facts.gridId ? [{ tree: 'grid' as const, nodeId: facts.gridId }] : []), ...held];
  const known = here.filter((node) => nodeName(caller.reference.tree, node) !== '');
  const isTop = caller.grants.some(
    ({ role, grids }) => role === 'admin' && grids.some(({ parentId }) => parentId === null),
  );
  return isTop || (known.length > 0 && known.every((node) => nodeReached(caller, 'post.disable', node)));
}

export function presentFound(row: FoundRow, { reference: { tree } }: Caller): z.input<typeof FoundHolder> {
  const organization = row.organizationId === null ? undefined : tree.organization(row.organizationId);
  const home = row.gridId === null ? '' : placeName(tree, { tree: 'grid', nodeId: row.gridId });
  return {
    ...{ personId: row.id, name: row.name, phone: maskPhone(row.phone), disabled: row.disabledAt !== null },
    place: home || (organization?.name ?? ''),
    posts: row.posts.map((post) => `${placeName(tree, post)}${postWords(post.role, post.kind)}`),
  };
}
