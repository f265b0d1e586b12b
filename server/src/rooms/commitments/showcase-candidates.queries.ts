import { keptShare } from '@sandan/shared/commitments/owed';
import type { Caller } from '../../foundation/access/caller';
import type { GrantRow } from '../../foundation/access/sessions';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { likeOf } from '../../foundation/database/like';
import { pageOf } from '../../foundation/database/page';
import type { Round } from './round.entity';

/** The organisations that owe deeds this year: they have something to show. */
export const contestantsOf = (db: Reading, roundId: string): Promise<{ organizationId: string; name: string }[]> =>
  db.query(
    `SELECT debtor_id AS organizationId, name FROM commitment_debtor
     WHERE round_id = ? AND kind = 'organization' AND exempt IS NULL ORDER BY name, debtor_id`,
    [roundId],
  );

interface PersonRow {
  id: string;
  name: string;
  home: string | null;
  posts: unknown;
}

interface JudgeQuery {
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const posts = `role_grant g WHERE g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
  AND (g.node_id IN (SELECT x.id FROM grid x WHERE x.id = ? OR x.town_id = ?)
    OR g.node_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?))`;

/** 评委: members of the town's party organisations and whoever is in a post of the town, by name. */
export async function judgesFor(
  db: Reading,
  { reference: { tree }, now }: Caller,
  { townId, organizationId }: Pick<Round, 'townId' | 'organizationId'>,
  { q, limit, cursor }: JudgeQuery,
) {
  const filters = { q, organizationId };
  const [name, id] = decodeCursor(cursor, filters, ['text', 'id']) ?? ['', ''];
  const inTown = [now, now, townId, townId, organizationId];
  const rows = await db.query<PersonRow>(
    `SELECT p.id, p.name, p.home_organization_id AS home,
            (SELECT JSON_ARRAYAGG(JSON_ARRAY(g.role, g.kind, g.tree, g.node_id)) FROM ${posts} AND g.person_id = p.id) AS posts
     FROM person p
     WHERE p.disabled_at IS NULL AND p.name LIKE ? AND (p.name > ? OR (p.name = ? AND p.id > ?))
       AND (p.home_organization_id IN (SELECT a.descendant_id FROM party_ancestor a WHERE a.ancestor_id = ?)
         OR p.id IN (SELECT g.person_id FROM ${posts}))
     ORDER BY p.name, p.id LIMIT ?`,
    [...inTown, likeOf(q ?? ''), name, name, id, organizationId, ...inTown, limit + 1],
  );
  const placeOf = (given: unknown): string => {
    const [nodeId = ''] = (fromJson<GrantRow[] | null>(given) ?? []).map(([, , , node]) => node);
    const grid = tree.grid(nodeId);
    if (!grid) return tree.organization(nodeId)?.name ?? '';
    const village = grid.tier === 'group' && grid.village ? tree.grid(grid.village)?.name : '';
    return `${village ?? ''}${grid.name}`;
  };
  return pageOf(rows, {
    ...{ limit, filters },
    keyOf: (row) => [row.name, row.id],
    toReply: (row) => ({
      ...{ personId: row.id, name: row.name },
      organization: (row.home === null ? null : tree.organization(row.home)?.name) ?? placeOf(row.posts),
    }),
  });
}

interface DeedsRow {
  id: string;
  kept: number;
  partlyKept: number;
  notKept: number;
  abandoned: number;
  carriedOver: number;
  accepted: number;
  closed: number;
}

/** What came of the year's deeds of each contestant and of its members; a share only of a year that is closed. */
export async function deedsOf(db: Reading, roundId: string, organizationIds: readonly string[]) {
  const of = (state: string) => `COALESCE(SUM(c.state = '${state}'), 0) AS ${state}`;
  const rows = await db.query<DeedsRow>(
    `SELECT a.ancestor_id AS id, ${['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver', 'accepted'].map(of).join(', ')},
            MAX(r.state = 'closed') AS closed
     FROM party_ancestor a JOIN commitment c ON c.organization_id = a.descendant_id AND c.round_id = ?
     JOIN commitment_round r ON r.id = c.round_id WHERE a.ancestor_id IN (?) GROUP BY a.ancestor_id`,
    [roundId, organizationIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return organizationIds.map((organizationId) => {
    const row = byId.get(organizationId);
    const number = (name: Exclude<keyof DeedsRow, 'id'>) => Number(row?.[name] ?? 0);
    const [kept, partlyKept, notKept] = [number('kept'), number('partlyKept'), number('notKept')];
    const results = { kept, partlyKept, notKept, abandoned: number('abandoned'), carriedOver: number('carriedOver') };
    return {
      organizationId,
      kept,
      accepted: number('accepted'),
      share: number('closed') === 1 ? keptShare(results) : null,
    };
  });
}
