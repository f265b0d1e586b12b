import type { CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { maySee } from './act';
import { loadCommitment } from './commitment-record';

/** Whether there is such a deed and the caller may read it. */
export async function deedSeen(db: Reading, caller: Caller, commitmentId: string): Promise<boolean> {
  const record = await loadCommitment(db, caller, commitmentId);
  return record !== null && maySee(record, caller);
}

/** Whom a deed concerns, for the rooms that tell them. */
export interface CommitmentPeople {
  /** What is hidden is named in no message. */
  title: string;
  authorId: string;
  responsibleId: string;
  organizationId: string;
  reviewOrganizationId: string;
  disputeOrganizationId: string;
  /** Whoever keeps it or helps: none of them decides about it. */
  keeperIds: string[];
  acceptedById: string | null;
}

export async function commitmentPeople(db: Reading, commitmentId: string): Promise<CommitmentPeople | null> {
  const [row] = await db.query<Omit<CommitmentPeople, 'keeperIds'> & { personId: string | null; helperIds: unknown }>(
    `SELECT IF(c.held = 0, c.title, '一件承诺') AS title, c.author_id AS authorId, c.responsible_id AS responsibleId, c.person_id AS personId,
            c.organization_id AS organizationId, c.review_organization_id AS reviewOrganizationId,
            c.dispute_organization_id AS disputeOrganizationId, c.accepted_by_id AS acceptedById,
            (SELECT JSON_ARRAYAGG(h.person_id) FROM commitment_helper h WHERE h.commitment_id = c.id) AS helperIds
     FROM commitment c WHERE c.id = ?`,
    [commitmentId],
  );
  if (!row) return null;
  const { personId, helperIds, ...people } = row;
  const others = [...(personId === null ? [] : [personId]), ...(fromJson<string[] | null>(helperIds) ?? [])];
  return { ...people, keeperIds: [people.responsibleId, ...others] };
}

interface Leading {
  without?: readonly string[];
  role?: 'partySecretary' | 'deputySecretary';
}

/**
 * The secretaries of the organisation; where the post is vacant, or held by one of `without`, of the nearest level above
 * that has one.
 */
export async function secretariesOf(
  db: Reading,
  organizationId: string,
  at: Date,
  { without = [], role = 'partySecretary' }: Leading = {},
): Promise<string[]> {
  const rows = await db.query<{ person_id: string; depth: number }>(
    `SELECT g.person_id, a.depth FROM party_ancestor a JOIN role_grant g ON g.node_id = a.ancestor_id AND g.tree = 'party'
       JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
     WHERE a.descendant_id = ? AND g.role = ? AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
       AND g.person_id NOT IN (?) ORDER BY a.depth`,
    [organizationId, role, at, at, without.length > 0 ? without : ['']],
  );
  return [...new Set(rows.filter(({ depth }) => depth === rows[0]?.depth).map(({ person_id: id }) => id))];
}

export async function opinionBy(db: Reading, opinionId: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>('SELECT person_id AS id FROM commitment_opinion WHERE id = ?', [
    opinionId,
  ]);
  return row?.id ?? null;
}

/** Whoever disputed the deed last. */
export async function lastDisputer(db: Reading, commitmentId: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    'SELECT person_id AS id FROM commitment_dispute WHERE commitment_id = ? ORDER BY at DESC, id DESC LIMIT 1',
    [commitmentId],
  );
  return row?.id ?? null;
}

/** Whom a showcase concerns. */
export interface ShowcasePeople {
  title: string;
  judgeIds: string[];
  /** Whoever leads the town's committee: one ends the scoring, another signs. */
  leaderIds: string[];
  /** The secretaries who stood on the stage. */
  secretaryIds: string[];
}

export async function showcasePeople(db: Reading, showcaseId: string, at: Date): Promise<ShowcasePeople | null> {
  const [showcase] = await db.query<{ title: string; organizationId: string }>(
    "SELECT IF(held = 0, title, '打擂比武') AS title, organization_id AS organizationId FROM showcase WHERE id = ?",
    [showcaseId],
  );
  if (!showcase) return null;
  const judges = await db.query<{ id: string }>('SELECT person_id AS id FROM showcase_judge WHERE showcase_id = ?', [
    showcaseId,
  ]);
  const inOffice = `g.tree = 'party' AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)`;
  const leaders = await db.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM role_grant g
     WHERE g.node_id = ? AND g.role IN ('partySecretary', 'deputySecretary') AND ${inOffice}`,
    [showcase.organizationId, at, at],
  );
  const secretaries = await db.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM showcase_contestant c
     JOIN role_grant g ON g.node_id = c.organization_id AND g.role = 'partySecretary'
     WHERE c.showcase_id = ? AND ${inOffice}`,
    [showcaseId, at, at],
  );
  const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
  return { title: showcase.title, judgeIds: ids(judges), leaderIds: ids(leaders), secretaryIds: ids(secretaries) };
}

/** Everybody who owes deeds of his own this year, and how many. */
export const membersWhoOwe = (db: Reading, roundId: string): Promise<{ personId: string; owed: number }[]> =>
  db.query(
    `SELECT debtor_id AS personId, JSON_VALUE(owed, '$.personal') AS owed FROM commitment_debtor
     WHERE round_id = ? AND kind = 'person' AND exempt IS NULL ORDER BY debtor_id`,
    [roundId],
  );

/** Whether the deed is under way and this person's to keep, so that he may order work for it. */
export async function keepsDeed(db: Reading, personId: string, commitmentId: string): Promise<boolean> {
  const [row] = await db.query(
    `SELECT 1 FROM commitment c WHERE c.id = ? AND c.state = 'published' AND (c.responsible_id = ? OR c.person_id = ?
       OR EXISTS (SELECT 1 FROM commitment_helper h WHERE h.commitment_id = c.id AND h.person_id = ?))`,
    [commitmentId, personId, personId, personId],
  );
  return row !== undefined;
}

export interface RemindedDebtor {
  debtorId: string;
  kind: 'organization' | 'person';
  name: string;
  missing: number;
  year: number;
}

/** Whom this press of 提醒 reached, and how many deeds each has still to hand in. */
export const remindedBy = (db: Reading, eventId: string): Promise<RemindedDebtor[]> =>
  db.query(
    `SELECT m.debtor_id AS debtorId, m.kind, d.name, m.missing, r.year FROM commitment_reminder m
       JOIN commitment_debtor d ON d.round_id = m.round_id AND d.debtor_id = m.debtor_id
       JOIN commitment_round r ON r.id = m.round_id
     WHERE m.event_id = ? ORDER BY m.debtor_id`,
    [eventId],
  );

/** The state in which what was told of a deed still asks somebody to act. */
const asksIn: Readonly<Record<string, CommitmentState>> = {
  ...{ 'commitment.submit': 'submitted', 'commitment.deliver': 'delivered', 'commitment.requestChange': 'published' },
  ...{ 'commitment.return': 'draft', 'commitment.reject': 'published', 'commitment.dispute': 'disputed' },
  'deedClock.dueSoon': 'published',
};

/** Whether what was told of these deeds, by its kind, asks somebody to act even now. */
export async function stillAsking(
  db: Reading,
  ids: readonly string[],
): Promise<(commitmentId: string, kind: string) => boolean> {
  const rows =
    ids.length === 0
      ? []
      : await db.query<{ id: string; state: CommitmentState }>('SELECT id, state FROM commitment WHERE id IN (?)', [
          ids,
        ]);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return (commitmentId, kind) => asksIn[kind] !== undefined && states.get(commitmentId) === asksIn[kind];
}

/** 回避, as SQL with the person once: who promised the deed, keeps it or wrote it down. */
export const concernsDeed = (commitmentId: string): string =>
  `EXISTS (SELECT 1 FROM commitment m WHERE m.id = ${commitmentId}
    AND ? IN (m.author_id, m.responsible_id, COALESCE(m.person_id, '')))`;
