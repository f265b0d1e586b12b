import type { PostTree } from '@sandan/shared/access/posts';
import type { Role } from '@sandan/shared/access/roles';
import type { GridTier, Tree } from './tree';

/** Somebody's time at a desk or at the head of an organisation, as far as it tells whether anybody is there. */
export interface Term {
  tree: PostTree;
  nodeId: string;
  role: Role;
  startsAt: Date;
  endsAt: Date | null;
  awaySince: Date | null;
  awayUntil: Date | null;
}

/** 空缺 and 代管 (domain.md §7): a desk or reviewer with no active person is served by the node above. */
export interface Offices {
  /** Is anybody there: in the post, with an account that is open, and not away for long? */
  isManned(nodeId: string, role: Role, now: Date): boolean;
  /** The desk that does the work of this one: itself, or the nearest above with somebody there; itself where none has. */
  deskServing(gridId: string, kind: DeskKind, now: Date): string;
  /** The desks without anybody whose work falls to this one, at any depth. */
  desksServed(gridId: string, kind: DeskKind, now: Date): string[];
  /** The organisation whose secretary does the work of this one's. */
  secretaryServing(organizationId: string, now: Date): string;
}
export type DeskKind = 'desk' | 'discipline';

export const deskRole = (tier: GridTier, kind: DeskKind): Role => {
  if (kind === 'discipline') return 'disciplineDesk';
  return tier === 'village' || tier === 'group' ? 'deskLead' : 'townDispatcher';
};

const day = 24 * 60 * 60_000;

/** `vacantAfterDays`: of the town that the grid lies in. Terms of closed accounts are left out by whoever reads them. */
export function makeOffices(
  tree: Tree,
  terms: readonly Term[],
  vacantAfterDays: (townId: string | null) => number,
): Offices {
  const byPost = new Map<string, Term[]>();
  for (const term of terms) {
    const key = `${resolved(tree, term)} ${term.role}`;
    byPost.set(key, [...(byPost.get(key) ?? []), term]);
  }
  const townOf = (nodeId: string) => (tree.grid(nodeId) ?? tree.gridsOfOrganization(nodeId)[0])?.town ?? null;

  const isManned: Offices['isManned'] = (nodeId, role, now) =>
    (byPost.get(`${nodeId} ${role}`) ?? []).some(
      (term) => isOn(term, now) && !isLongAway(term, now, vacantAfterDays(townOf(nodeId))),
    );
  const isDeskManned = (gridId: string, kind: DeskKind, now: Date): boolean =>
    isManned(gridId, deskRole(tree.gridOf(gridId).tier, kind), now);

  const desksServed: Offices['desksServed'] = (gridId, kind, now) =>
    tree.children(gridId).flatMap(({ id, tier }) => {
      // The small grid has a lead, not a desk.
      if (tier === 'group' || isDeskManned(id, kind, now)) return [];
      return [id, ...desksServed(id, kind, now)];
    });

  return {
    isManned,
    desksServed,
    deskServing: (gridId, kind, now) => {
      const own = tree.gridOf(gridId).id;
      for (let at: string | null = own; at !== null; at = tree.parent(at)?.id ?? null) {
        if (isDeskManned(at, kind, now)) return at;
      }
      return own;
    },
    secretaryServing: (organizationId, now) =>
      tree.organizationLine(organizationId).find((id) => isManned(id, 'partySecretary', now)) ?? organizationId,
  };
}

const resolved = (tree: Tree, { tree: which, nodeId }: Term): string =>
  (which === 'grid' ? tree.grid(nodeId) : tree.organization(nodeId))?.id ?? nodeId;

const isOn = ({ startsAt, endsAt }: Term, now: Date): boolean => startsAt <= now && (endsAt === null || endsAt > now);

const isLongAway = ({ awaySince, awayUntil }: Term, now: Date, days: number): boolean =>
  awayUntil !== null && awayUntil > now && awayUntil.getTime() - (awaySince ?? now).getTime() > days * day;
