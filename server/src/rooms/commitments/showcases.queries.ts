import type { Score } from '@sandan/shared/commitments/showcase-result';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Showcase } from './showcase.entity';

type Row = Record<string, unknown>;

/** A showcase with who competes, who judges and what has been scored. */
export interface ShowcaseRecord extends Showcase {
  contestantIds: string[];
  judges: { personId: string; name: string; home: string | null }[];
  scores: Score[];
}

const showcaseOf = (row: Row): Showcase => ({
  ...rowOf<Showcase>(row),
  criteria: fromJson<Showcase['criteria']>(row['criteria']),
  results: fromJson<Showcase['results']>(row['results']),
});

export async function showcaseById(db: Reading, id: string): Promise<ShowcaseRecord | null> {
  const [found] = await loadShowcases(db, [id]);
  return found ?? null;
}

/** The last ones of these towns, newest first. */
export async function showcasesOf(db: Reading, townIds: readonly string[]): Promise<ShowcaseRecord[]> {
  if (townIds.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM showcase WHERE town_id IN (?) ORDER BY set_at DESC, id DESC LIMIT 20',
    [townIds],
  );
  return loadShowcases(
    db,
    rows.map(({ id }) => id),
  );
}

async function loadShowcases(db: Reading, ids: readonly string[]): Promise<ShowcaseRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Row>('SELECT * FROM showcase WHERE id IN (?)', [ids]);
  const contestants = await db.query<{ showcase_id: string; organization_id: string }>(
    'SELECT showcase_id, organization_id FROM showcase_contestant WHERE showcase_id IN (?) ORDER BY position',
    [ids],
  );
  const judges = await db.query<{ showcase_id: string; personId: string; name: string; home: string | null }>(
    `SELECT j.showcase_id, p.id AS personId, p.name, p.home_organization_id AS home
     FROM showcase_judge j JOIN person p ON p.id = j.person_id WHERE j.showcase_id IN (?) ORDER BY p.name, p.id`,
    [ids],
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
      judges: of(judges, id).map(({ personId, name, home }) => ({ personId, name, home })),
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
