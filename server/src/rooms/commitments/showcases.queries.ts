import type { Score } from '@sandan/shared/commitments/showcase-result';
import type { GrantRow } from '../../foundation/access/sessions';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Showcase } from './showcase.entity';

type Row = Record<string, unknown>;

/** A showcase with who competes, who judges and what has been scored. */
export interface ShowcaseRecord extends Showcase {
  contestantIds: string[];
  judges: Judge[];
  scores: Score[];
}

export interface Judge {
  personId: string;
  name: string;
  /** The party organisation he belongs to. */
  home: string | null;
  /** The grid of his household. */
  livesIn: string | null;
  /** What he is posted to at present. */
  posts: GrantRow[];
}

const showcaseOf = (row: Row): Showcase => ({
  ...rowOf<Showcase>(row),
  criteria: fromJson<Showcase['criteria']>(row['criteria']),
  results: fromJson<Showcase['results']>(row['results']),
});

export async function showcaseById(db: Reading, id: string, now: Date): Promise<ShowcaseRecord | null> {
  const [found] = await loadShowcases(db, [id], now);
  return found ?? null;
}

/** The last ones of these towns, newest first. */
export async function showcasesOf(db: Reading, townIds: readonly string[], now: Date): Promise<ShowcaseRecord[]> {
  if (townIds.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM showcase WHERE town_id IN (?) ORDER BY set_at DESC, id DESC LIMIT 20',
    [townIds],
  );
  return loadShowcases(
    db,
    rows.map(({ id }) => id),
    now,
  );
}

async function loadShowcases(db: Reading, ids: readonly string[], now: Date): Promise<ShowcaseRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Row>('SELECT * FROM showcase WHERE id IN (?)', [ids]);
  const contestants = await db.query<{ showcase_id: string; organization_id: string }>(
    'SELECT showcase_id, organization_id FROM showcase_contestant WHERE showcase_id IN (?) ORDER BY position',
    [ids],
  );
  const judges = await db.query<Omit<Judge, 'posts'> & { showcase_id: string; posts: unknown }>(
    `SELECT j.showcase_id, p.id AS personId, p.name, p.home_organization_id AS home, h.grid_id AS livesIn,
            (SELECT JSON_ARRAYAGG(JSON_ARRAY(g.role, g.kind, g.tree, g.node_id)) FROM role_grant g
             WHERE g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS posts
     FROM showcase_judge j JOIN person p ON p.id = j.person_id LEFT JOIN household h ON h.id = p.household_id WHERE j.showcase_id IN (?) ORDER BY p.name, p.id`,
    [now, now, ids],
  );
  const scores = await db.query<{ showcase_id: string; judgeId: string; organizationId: string; marks: unknown }>(
    `SELECT showcase_id, judge_id AS judgeId, organization_id AS organizationId, marks
     FROM showcase_score WHERE showcase_id IN (?)`,
    [ids],
  );
  const byId = new Map(rows.map((row) => [String(row['id']), showcaseOf(row)]));
  const of = <T extends { showcase_id: string }>(all: readonly T[], id: string): T[] =>
    all.filter((each) => each.showcase_id === id);
  return ids.flatMap((id) => {
    const showcase = byId.get(id);
    if (!showcase) return [];
    return {
      ...showcase,
      contestantIds: of(contestants, id).map((each) => each.organization_id),
      judges: of(judges, id).map(({ personId, name, home, livesIn, posts }) => {
        return { personId, name, home, livesIn, posts: fromJson<GrantRow[] | null>(posts) ?? [] };
      }),
      scores: of(scores, id).map((score) => ({ ...score, marks: fromJson<number[]>(score.marks) })),
    };
  });
}

/** The residents' mean star of an organisation's deeds of the year; null below five raters. */
export async function starsOf(db: Reading, roundId: string, organizationIds: readonly string[], raters: number) {
  const rows = await db.query<{ id: string; raters: number; stars: number }>(
    `SELECT a.ancestor_id AS id, SUM(c.raters) AS raters, SUM(c.stars) AS stars
     FROM party_ancestor a JOIN commitment c ON c.organization_id = a.descendant_id AND c.round_id = ?
     WHERE a.ancestor_id IN (?) GROUP BY a.ancestor_id`,
    [roundId, organizationIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return organizationIds.map((organizationId) => {
    const row = byId.get(organizationId);
    const enough = row !== undefined && Number(row.raters) >= raters;
    return { organizationId, stars: enough ? Number(row.stars) / Number(row.raters) : null };
  });
}
