import { randomBytes } from 'node:crypto';
import { newId } from '../ids';
import { Problem } from '@sandan/shared/problems';
import type { HelperKind, Role } from '@sandan/shared/access/roles';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import type { Db, Reading } from '../database/connect';
import { fromJson } from '../database/connect';
import { sha256 } from '../fingerprint';
import type { Sealed } from '../personal-data/vault';
import type { Reference, ReferenceCache } from '../reference/reference';
import { Session, type Channel } from './access.entity';
import type { Caller, Grant } from './caller';
import { latestBirthday } from './childhood';
import { lifeBy, protectionOf, type Life } from './protection';

const seenEvery = 5 * 60_000;

export const hashToken = (token: string): Buffer => sha256(token);

export interface NewSession {
  token: string;
  expiresAt: Date;
}

/** `device`: browser and system in words, for the person's own list of sessions. */
export async function startSession(
  db: Db,
  personId: string,
  channel: Channel,
  now: Date,
  device: string | null = null,
  life: Life = lifeBy(usualProtection, channel),
): Promise<NewSession> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + life.absolute);
  await db.insert(Session, [
    {
      id: newId(now),
      tokenHash: hashToken(token),
      personId,
      channel,
      device,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
    },
  ]);
  return { token, expiresAt };
}

/** Whoever it is that is signed in as these people: at a changed phone, for example. */
export async function endAllSessions(db: Db, personIds: readonly string[], now: Date): Promise<number> {
  if (personIds.length === 0) return 0;
  return db.write('UPDATE session SET revoked_at = ? WHERE person_id IN (?) AND revoked_at IS NULL', [now, personIds]);
}

export async function endSessions(db: Db, caller: Caller, everywhere: boolean): Promise<number> {
  return everywhere
    ? endAllSessions(db, [caller.personId], caller.now)
    : db.write('UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [caller.now, caller.sessionId]);
}

interface SessionRow extends PersonRow {
  session_id: string;
  channel: Channel;
  proved_at: Date | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}
interface PersonRow {
  person_id: string;
  name: string;
  phone_sealed: Sealed | null;
  household_id: string | null;
  home_grid_id: string | null;
  away_until: Date | null;
  large_type: number;
  born_on: string | null;
  agreed_notice: number;
  disabled_at: Date | null;
  tree_version: number;
  grants: unknown;
  skills: unknown;
  cares_for: unknown;
}
/** A post as the database says it. */
export type GrantRow = [
  ...[role: Role, kind: HelperKind | null, tree: 'grid' | 'party', nodeId: string],
  ...[behalfOfId?: string | null, behalfName?: string | null],
];

const personColumns = `
       p.id AS person_id, p.name, p.phone_sealed, p.household_id, h.grid_id AS home_grid_id, p.away_until, p.large_type,
       ${latestBirthday('p')} AS born_on,
       p.agreed_notice, p.disabled_at,
       t.version AS tree_version,
       (SELECT JSON_ARRAYAGG(JSON_ARRAY(g.role, g.kind, g.tree, g.node_id, g.behalf_of_id, b.name))
         FROM role_grant g LEFT JOIN person b ON b.id = g.behalf_of_id
         WHERE g.person_id = p.id AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS grants,
       (SELECT JSON_ARRAYAGG(k.skill) FROM person_skill k WHERE k.person_id = p.id) AS skills,
       (SELECT JSON_ARRAYAGG(c.household_id) FROM care_relation c WHERE c.carer_id = p.id AND c.state = 'agreed') AS cares_for`;

// Session, person, grants, skills and the version of the trees in one round trip (decisions.md §2.7).
const sessionsWhere = (which: string): string => `
SELECT s.id AS session_id, s.channel, s.proved_at, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at,${personColumns}
FROM session s JOIN person p ON p.id = s.person_id JOIN tree t ON t.id = 1
     LEFT JOIN household h ON h.id = p.household_id
WHERE ${which}`;
export const sessionQuery = sessionsWhere('s.token_hash = ?');
const sessionsQuery = sessionsWhere('s.id IN (?)');

const personQuery = `
SELECT ${personColumns}
FROM person p JOIN tree t ON t.id = 1 LEFT JOIN household h ON h.id = p.household_id
WHERE p.id = ?`;

export interface Recognised {
  caller: Caller;
  /** The session was last noted more than five minutes ago: write it down, outside the request's transaction. */
  noteSeen: boolean;
}

/** Throws `session.expired` / `session.disabled` (401). */
export async function recognise(
  reading: Reading,
  references: ReferenceCache,
  token: string,
  now: Date,
): Promise<Recognised> {
  const [row] = await reading.query<SessionRow>(sessionQuery, [now, now, hashToken(token)], 'prepared');
  const caller = row && (await callerBehind(row, references, now));
  if (!caller) throw new Problem('session.expired');
  if (row.disabled_at) throw new Problem('session.disabled');
  return { caller, noteSeen: now.getTime() - row.last_seen_at.getTime() > seenEvery };
}

/** Who stands behind these sessions now, in one statement however many they are; a session that is over is left out. */
export async function callersBehind(
  reading: Reading,
  references: ReferenceCache,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, Caller>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await reading.query<SessionRow>(sessionsQuery, [now, now, sessionIds]);
  const callers = await Promise.all(rows.map((row) => (row.disabled_at ? null : callerBehind(row, references, now))));
  return new Map(callers.flatMap((caller) => (caller ? [[caller.sessionId, caller]] : [])));
}

/** Null where the session is over. */
async function callerBehind(row: SessionRow, references: ReferenceCache, now: Date): Promise<Caller | null> {
  if (row.revoked_at || row.expires_at <= now) return null;
  const { session_id: sessionId, channel, proved_at: provedAt } = row;
  const caller = callerOf(row, { sessionId, channel, provedAt }, await references.at(row.tree_version), now);
  return isOver(row, lifeBy(protectionOf(caller), channel), now) ? null : caller;
}

/** By the rules of now: what the county has made shorter ends sessions that run. */
const isOver = ({ created_at: from, last_seen_at: seen }: SessionRow, { idle, absolute }: Life, now: Date): boolean =>
  now.getTime() - seen.getTime() > idle || now.getTime() - from.getTime() >= absolute;

const noSession = { sessionId: '', channel: null, provedAt: null };

/** Who a signed address was made for, as he stands now; null when there is no such person any more. */
export async function callerById(
  reading: Reading,
  references: ReferenceCache,
  personId: string,
  now: Date,
): Promise<Caller | null> {
  const [row] = await reading.query<PersonRow>(personQuery, [now, now, personId]);
  if (!row || row.disabled_at) return null;
  return callerOf(row, noSession, await references.at(row.tree_version), now);
}

/** The same where the work of a worker goes by the trees as they stood when it began. */
export const callerUnder = (
  reading: Reading,
  reference: Reference,
  personId: string,
  now: Date,
): Promise<Caller | null> => {
  const references = { at: () => Promise.resolve(reference), current: () => Promise.resolve(reference) };
  return callerById(reading, references, personId, now);
};

type OfSession = Pick<Caller, 'sessionId' | 'channel' | 'provedAt'>;

const callerOf = (row: PersonRow, session: OfSession, reference: Reference, now: Date): Caller => ({
  personId: row.person_id,
  ...session,
  name: row.name,
  sealedPhone: row.phone_sealed,
  householdId: row.household_id,
  homeGridId: row.home_grid_id,
  caresFor: fromJson<string[] | null>(row.cares_for) ?? [],
  awayUntil: row.away_until,
  largeType: row.large_type === 1,
  bornOn: row.born_on,
  agreedNotice: row.agreed_notice,
  skills: fromJson<string[] | null>(row.skills) ?? [],
  grants: grantsOf(fromJson<GrantRow[] | null>(row.grants) ?? [], reference),
  now,
  reference,
});

export function grantsOf(rows: readonly GrantRow[], reference: Reference): Grant[] {
  const grants = rows.flatMap(([role, kind, tree, nodeId, behalfOfId = null, behalfName]): Grant[] => {
    const behalfOf = behalfOfId === null ? null : { personId: behalfOfId, name: behalfName ?? '' };
    const grant = { role, kind, tree, behalfOf };
    if (tree === 'party') return [{ ...grant, nodeId, grids: reference.tree.gridsOfOrganization(nodeId) }];
    // A closed grid is found under its successor: the post goes on there.
    const grid = reference.tree.grid(nodeId);
    return grid ? [{ ...grant, nodeId: grid.id, grids: [grid] }] : [];
  });
  // What somebody does by his own right he does not do for another.
  return grants.sort((one, other) => Number(one.behalfOf !== null) - Number(other.behalfOf !== null));
}

/** At most every five minutes, as a conditional UPDATE of its own (decisions.md §2.7). */
export const noteSeen = (db: Db, sessionId: string, now: Date): Promise<number> =>
  db.write('UPDATE session SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?', [
    now,
    sessionId,
    new Date(now.getTime() - seenEvery),
  ]);
