import type { Caller } from '../../foundation/access/caller';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Reading } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import { draftPeople, ledOrganizations, type Debt, type DraftPeople } from './draft-rules';
import type { GivenRow } from './import-sheet';
import { withoutSpaces } from './import-values';
import type { Round } from './round.entity';

export interface Member {
  id: string;
  homeId: string;
  phoneTail: string | null;
}

/** Everything the rows of a sheet are held against, read in four round trips however many rows there are. */
export interface Lookups {
  caller: Caller;
  round: Round;
  /** Organisations the caller leads, and those below them: by name. */
  organizations: ReadonlyMap<string, readonly string[]>;
  /** Those that he leads himself: their own deeds are his to write. */
  led: ReadonlySet<string>;
  /** Their members: by name. */
  members: ReadonlyMap<string, readonly Member[]>;
  people: DraftPeople;
  /** What is already there ({@link identityOf}), in hexadecimal. */
  present: ReadonlySet<string>;
}

export async function lookUp(db: Reading, caller: Caller, round: Round, rows: readonly GivenRow[]): Promise<Lookups> {
  const led = ledOrganizations(caller);
  const organizations = await organizationsWithin(db, round, led);
  const ids = organizations.map(({ id }) => id);
  const names = rows.flatMap(({ cells: { name } }) => (name ? [withoutSpaces(name)] : []));
  const members = await membersCalled(db, ids, [...new Set(names)]);
  const people = await draftPeople(db, round, caller.now, [caller.personId, ...members.map(({ id }) => id)]);
  return {
    ...{ caller, round, led: new Set(led), people },
    organizations: byName(organizations, ({ id }) => id),
    members: byName(members, ({ id, homeId, phoneTail }) => ({ id, homeId, phoneTail })),
    present: await presentIn(db, round.id, ids),
  };
}

interface Named {
  id: string;
  name: string;
}

async function organizationsWithin(db: Reading, round: Round, led: readonly string[]): Promise<Named[]> {
  if (led.length === 0) return [];
  return db.query(
    `SELECT DISTINCT o.id, o.name FROM party_organization o
       JOIN party_ancestor a ON a.descendant_id = o.id AND a.ancestor_id IN (?)
       JOIN party_ancestor r ON r.descendant_id = o.id AND r.ancestor_id = ?
     WHERE o.closed_at IS NULL ORDER BY o.name, o.id`,
    [led, round.organizationId],
  );
}

/** For the template: what may be written under 党组织. */
export const organizationNames = async (db: Reading, caller: Caller, round: Round): Promise<string[]> =>
  (await organizationsWithin(db, round, ledOrganizations(caller))).map(({ name }) => name);

async function membersCalled(
  db: Reading,
  organizationIds: readonly string[],
  names: readonly string[],
): Promise<(Named & Member)[]> {
  if (organizationIds.length === 0 || names.length === 0) return [];
  const rows = await db.query<Omit<Named & Member, 'phoneTail'> & { phone: Sealed | null }>(
    `SELECT p.id, p.name, p.home_organization_id AS homeId, p.phone_sealed AS phone FROM person p
     WHERE p.home_organization_id IN (?) AND p.name IN (?) AND p.disabled_at IS NULL ORDER BY p.id`,
    [organizationIds, names],
  );
  return rows.map(({ phone, ...row }) => ({
    ...row,
    phoneTail: db.vault.open('person.phone', phone)?.slice(-4) ?? null,
  }));
}

function byName<T extends Named, Item>(items: readonly T[], itemOf: (item: T) => Item): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = withoutSpaces(item.name);
    groups.set(name, [...(groups.get(name) ?? []), itemOf(item)]);
  }
  return groups;
}

/** What makes two rows the same deed: whose, of what kind, and in what words. */
export const identityOf = (
  { kind, organizationId, personId }: Debt,
  { title, words }: { title: string; words: string },
): Buffer => fingerprintOf({ kind, whose: personId ?? organizationId, title, words });

/**
 * What stands in the year already, by its present words and, for what came by import and was rewritten, by those of the
 * sheet: an imported deed keeps its identity as its fingerprint.
 */
async function presentIn(db: Reading, roundId: string, organizationIds: readonly string[]): Promise<Set<string>> {
  if (organizationIds.length === 0) return new Set();
  const rows = await db.query<Debt & { title: string; words: string; fingerprint: Buffer }>(
    `SELECT kind, organization_id AS organizationId, person_id AS personId, title, words, fingerprint FROM commitment
     WHERE round_id = ? AND organization_id IN (?) AND state <> 'withdrawn'`,
    [roundId, organizationIds],
  );
  return new Set(rows.flatMap((row) => [row.fingerprint.toString('hex'), identityOf(row, row).toString('hex')]));
}
