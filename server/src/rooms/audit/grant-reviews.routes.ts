import { accountConcerns, type AccountConcern } from '@sandan/shared/audit/account-concerns.words';
import { grantReviewsApi } from '@sandan/shared/audit/grant-reviews.contract';
import { helperKinds, roleNames } from '@sandan/shared/access/roles';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import { maskPhone } from '../../foundation/access/masking';
import { gridsWith, gridWithin } from '../../foundation/access/reach';
import { auditRules } from '../../foundation/audit/audit-rules';
import type { Reading } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { dateInJson } from '../../foundation/database/rows';
import { implement, type Route } from '../../foundation/http/implement';
import type { Vault } from '../../foundation/personal-data/vault';
import { fullName, type Tree } from '../../foundation/reference/tree';
import { exportPaper } from './audit.routes';
import { accountRows, countAccounts, type AccountRow, type Review } from './grant-reviews.queries';
import { presentRoleTable, roleGroups } from './role-table';

type Account = ReplyOf<typeof grantReviewsApi.accounts>['items'][number];

/** The grids under review: one the caller names and reaches, else all he reaches. Throws `grid.not-found`, 403. */
async function reviewOf(db: Reading, caller: Caller, gridId: string | undefined): Promise<Omit<Review, 'concern'>> {
  const { tree } = caller.reference;
  const roots =
    gridId === undefined ? gridsWith(caller, 'access.review') : [gridWithin(caller, 'access.review', gridId)];
  const gridIds = tree.grids.filter(({ id }) => roots.some((root) => tree.isWithin(id, root.id))).map(({ id }) => id);
  return { gridIds, idleDays: (await auditRules(db, roots[0]?.county ?? undefined)).idleDays, now: caller.now };
}

export const grantReviewsRoutes: Route[] = implement('grantReviews', grantReviewsApi, {
  roles: async () => presentRoleTable(),
  rolesPaper: ({ db, caller, world }) => {
    const rows = roleGroups().reduce((sum, { permissions }) => sum + permissions.length, 0);
    const name = { what: 'roles', personId: caller.personId, rows } as const;
    return exportPaper(db, caller, { name, personIds: [] }, world);
  },
  counts: async ({ db, caller, query: { gridId } }) => {
    const review = await reviewOf(db, caller, gridId);
    const concerns = Object.keys(accountConcerns) as AccountConcern[];
    const counts = await Promise.all(concerns.map((concern) => countAccounts(db, { ...review, concern })));
    const items = concerns.map((concern, at) => ({ concern, count: counts[at] ?? 0 }));
    return { items, idleDays: review.idleDays };
  },
  accounts: async ({ db, caller, query: { cursor, limit, ...filters } }) => {
    const after = decodeCursor(cursor, filters, ['number', 'id']);
    const review = await reviewOf(db, caller, filters.gridId);
    const rows = await accountRows(db, { ...review, concern: filters.concern, after, limit: limit + 1 });
    const toReply = (row: AccountRow) => presentAccount(row, caller, db.vault);
    return pageOf(rows, { limit, filters, keyOf: ({ rank, personId }) => [rank, personId], toReply });
  },
});

const presentAccount = (
  { personId, name, phone, lastSeenAt, posts }: AccountRow,
  { reference: { tree } }: Caller,
  vault: Vault,
): Account => ({
  ...{
    personId,
    name,
    phone: maskPhone(vault.open('person.phone', phone)),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  },
  posts: posts.map(({ role, kind, tree: which, nodeId, from, to }) => ({
    roleName: roleNames[role],
    kindName: kind && helperKinds[kind],
    nodeName: which === 'grid' ? placeOf(nodeId, tree) : (tree.organization(nodeId)?.name ?? ''),
    startsAt: dateInJson(from)?.toISOString() ?? '',
    endsAt: dateInJson(to)?.toISOString() ?? null,
  })),
});

function placeOf(gridId: string, tree: Tree): string {
  const grid = tree.grid(gridId);
  return grid ? fullName(grid, tree) : '';
}
