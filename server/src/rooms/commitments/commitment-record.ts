import { fromJson, type Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { ChangeKind } from '@sandan/shared/commitments/commitment.words';
import type { RoundState } from '@sandan/shared/commitments/round.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import type { Commitment } from './commitment.entity';

/** What decisions need to know of a deed: itself, its round, its people, and what the caller has already said. */
export interface CommitmentRecord extends Commitment {
  roundState: RoundState;
  roundYear: number;
  roundEndsOn: string;
  roundOrganizationId: string;
  helperIds: string[];
  openChange: { id: string; byId: string; kind: ChangeKind } | null;
  openDisputeBy: string | null;
  /** Opinions that nobody has answered yet. */
  unanswered: number;
  /** 评诺的话 that wait for somebody to look at them. */
  heldWords: number;
  myOpinionId: string | null;
  myStars: number | null;
  repeat: { actorId: string | null; action: string; thingId: string } | null;
  personName: string | null;
  responsibleName: string | null;
}

const columns = `
  c.*, r.state AS round_state, r.year AS round_year, r.ends_on AS round_ends_on, r.organization_id AS round_organization_id,
  (SELECT p.name FROM person p WHERE p.id = c.person_id) AS person_name,
  (SELECT p.name FROM person p WHERE p.id = c.responsible_id) AS responsible_name,
  (SELECT JSON_ARRAYAGG(h.person_id) FROM commitment_helper h WHERE h.commitment_id = c.id) AS helper_ids,
  (SELECT JSON_OBJECT('id', x.id, 'byId', x.by_id, 'kind', x.kind) FROM commitment_change x
    WHERE x.commitment_id = c.id AND x.is_open = 1) AS open_change,
  (SELECT d.person_id FROM commitment_dispute d WHERE d.commitment_id = c.id AND d.is_open = 1 LIMIT 1) AS open_dispute_by,
  (SELECT COUNT(*) FROM commitment_opinion o WHERE o.commitment_id = c.id AND o.answered_at IS NULL) AS unanswered,
  (SELECT COUNT(*) FROM commitment_rating g WHERE g.commitment_id = c.id AND g.held = 1 AND g.words IS NOT NULL) AS held_words,
  (SELECT o.id FROM commitment_opinion o WHERE o.commitment_id = c.id AND o.person_id = ?) AS my_opinion_id,
  (SELECT g.stars FROM commitment_rating g WHERE g.commitment_id = c.id AND g.person_id = ?) AS my_stars`;

const source = 'FROM commitment c JOIN commitment_round r ON r.id = c.round_id';

const repeated = `(SELECT JSON_OBJECT('actorId', y.actor_id, 'action', y.action, 'thingId', y.thing_id) FROM history y WHERE y.id = ?)`;

type Row = Record<string, unknown>;

const recordOf = (row: Row): CommitmentRecord => ({
  ...rowOf<CommitmentRecord>(row),
  helperIds: fromJson<string[] | null>(row['helper_ids']) ?? [],
  openChange: fromJson<CommitmentRecord['openChange']>(row['open_change'] ?? null),
  repeat: fromJson<CommitmentRecord['repeat']>(row['repeat'] ?? null),
  unanswered: Number(row['unanswered']),
  heldWords: Number(row['held_words']),
  // A bigint comes as a string.
  money: row['money'] === null ? null : Number(row['money']),
});

/** Everything an action on the deed needs, in one round trip, and whether its action id was used before. */
export async function loadCommitment(
  db: Reading,
  caller: Pick<Caller, 'personId'>,
  commitmentId: string,
  actionId: string | null = null,
): Promise<CommitmentRecord | null> {
  const { personId } = caller;
  const [row] = await db.query<Row>(`SELECT ${columns}, ${repeated} AS \`repeat\` ${source} WHERE c.id = ?`, [
    personId,
    personId,
    actionId,
    commitmentId,
  ]);
  return row ? recordOf(row) : null;
}

/** Several, in the order of the ids. */
export async function loadCommitments(
  db: Reading,
  { personId }: Pick<Caller, 'personId'>,
  ids: readonly string[],
): Promise<CommitmentRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Row>(`SELECT ${columns}, NULL AS \`repeat\` ${source} WHERE c.id IN (?)`, [
    personId,
    personId,
    ids,
  ]);
  const byId = new Map(rows.map((row) => [String(row['id']), recordOf(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
