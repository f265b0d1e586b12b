import type { Relation, Residence } from '@sandan/shared/households/household.words';
import { maskName } from '../../foundation/access/masking';
import type { Reading, SqlValue } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

/** Somebody of the system, as rosters compare: in plain text, and no longer than that. */
export interface FoundPerson {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly idNumber: string | null;
  readonly householdId: string | null;
  /** Where the household is. */
  readonly homeGridId: string | null;
  readonly homeOrganizationId: string | null;
  readonly relation: Relation | null;
  readonly residence: Residence | null;
  readonly bornOn: string | null;
  readonly createdAt: Date;
  /** Signed in as himself: his phone is the one that WeChat vouches for. */
  readonly isBound: boolean;
  /** 去世或停用: an old list neither brings him back nor writes him down a second time. */
  readonly isGone: boolean;
}

interface Row extends Omit<FoundPerson, 'phone' | 'idNumber' | 'isBound' | 'isGone'> {
  readonly isBound: number;
  readonly isGone: number;
  readonly phone: Sealed | null;
  readonly idNumber: Sealed | null;
}

type Key = 'household' | 'id_number_index' | 'phone_index';
const columnOf: Record<Key, string> = {
  household: 'household_id',
  id_number_index: 'id_number_index',
  phone_index: 'phone_index',
};

/**
 * The gone first: whoever puts them into a map by a number finds the living one, where two have it.
 *
 * Hundreds of values at once: the optimizer then guesses from statistics, which lag behind while a county comes in, and
 * would rather walk through everybody, batch after batch. So the index is named.
 */
async function people(db: Reading, key: Key, values: readonly SqlValue[]): Promise<FoundPerson[]> {
  if (values.length === 0) return [];
  const rows = await db.query<Row>(
    `SELECT p.id, p.name, p.phone_sealed AS phone, p.id_number_sealed AS idNumber, p.household_id AS householdId,
            (SELECT h.grid_id FROM household h WHERE h.id = p.household_id) AS homeGridId,
            p.home_organization_id AS homeOrganizationId, p.relation, p.residence, p.born_on AS bornOn,
            p.created_at AS createdAt, p.bound_at IS NOT NULL AS isBound, p.disabled_at IS NOT NULL AS isGone
     FROM person p FORCE INDEX (person_${key})
     WHERE p.${columnOf[key]} IN (?) AND p.erased_at IS NULL ORDER BY p.disabled_at IS NULL, p.id`,
    [values],
  );
  return rows.map((row) => ({
    ...row,
    isBound: Number(row.isBound) === 1,
    isGone: Number(row.isGone) === 1,
    phone: db.vault.open('person.phone', row.phone),
    idNumber: db.vault.open('person.idNumber', row.idNumber),
  }));
}

export const peopleOfHouseholds = (db: Reading, ids: readonly string[]): Promise<FoundPerson[]> =>
  people(db, 'household', ids);

export const peopleByIdNumbers = (db: Reading, numbers: readonly string[]): Promise<FoundPerson[]> =>
  people(
    db,
    'id_number_index',
    numbers.flatMap((each) => db.vault.indexes('person.idNumber', each)),
  );

export const peopleByPhones = (db: Reading, phones: readonly string[]): Promise<FoundPerson[]> =>
  people(
    db,
    'phone_index',
    phones.flatMap((each) => db.vault.indexes('person.phone', each)),
  );

/** An office's list may be old: it does not undo the number by which somebody signed in himself. */
export const vouchedOtherwise = ({ isBound, phone }: FoundPerson, said: string | null): boolean =>
  isBound && phone !== null && phone !== said;

export const phoneKept = (name: string): string =>
  `${maskName(name)} 已经用微信绑定，手机号以本人验证过的为准，没有改成文件里的`;

/** What somebody signs in by and is known by: of whom the importer could not appoint, the level above changes it. */
const identity = ['name', 'phone', 'idNumber'] as const;

export const withoutIdentity = <Facts extends object>(facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => !identity.some((each) => each === fact))) as Facts;

export const identityKept = ({ name }: FoundPerson, said: object): string[] =>
  identity.some((each) => each in said)
    ? [`${maskName(name)} 担任的职务不归您任免，姓名、手机号、身份证号没有改成文件里的；要改的，请上一级来改`]
    : [];

export const goneKept = (name: string): string =>
  `${maskName(name)} 在系统里已登记去世或停用，这一行没有写入；登记错了的，请先在系统里更正`;

/** 党员 among these people, by their posts at this time. */
export async function partyMembersAmong(db: Reading, ids: readonly string[], now: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT g.person_id AS id FROM role_grant g
     WHERE g.person_id IN (?) AND (g.role IN ('partySecretary', 'deputySecretary') OR g.kind = 'partyMember')
       AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)`,
    [ids, now, now],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whom the system knows of the rows that are wrong: the people themselves, or those of the households; at most `limit`. */
export async function peopleWithErrors(db: Reading, importId: string, limit: number): Promise<string[]> {
  const wrong = "u.import_id = ? AND u.standing = 'faulty'";
  const rows = await db.query<{ id: string }>(
    `SELECT p.id FROM roster_unit u JOIN person p ON p.id = u.thing_id WHERE ${wrong}
     UNION SELECT p.id FROM roster_unit u JOIN person p ON p.household_id = u.thing_id WHERE ${wrong} ORDER BY id LIMIT ?`,
    [importId, importId, limit],
  );
  return rows.map(({ id }) => id);
}
