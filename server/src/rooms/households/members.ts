import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { Problem } from '@sandan/shared/problems';
import { bornOnOf } from '../../foundation/rosters/cell-rules';
import type { Caller } from '../../foundation/access/caller';
import { postsBeyond } from '../../foundation/access/posts-beyond';
import type { Db, Reading, SqlValue } from '../../foundation/database/connect';
import { keepFormer } from '../../foundation/personal-data/former-telling';
import type { Sealed } from '../../foundation/personal-data/vault';

type MemberBody = BodyOf<(typeof householdsApi)['saveMember']>;

/** Whoever is gone, or erased, is nobody's member. */
export async function memberById(db: Reading, id: string): Promise<{ householdId: string | null } | null> {
  const [row] = await db.query<{ householdId: string | null; disabledAt: Date | null }>(
    'SELECT household_id AS householdId, disabled_at AS disabledAt FROM person WHERE id = ?',
    [id],
  );
  if (row?.disabledAt) throw new Problem('household.not-a-member');
  return row ?? null;
}

/** The birthday as it is said, else as it stands in the identity number, also in the one that is kept; a year alone where nobody knows more. */
function bornOf(
  { idNumber: given, bornOn: said, birthYear }: MemberBody,
  kept: Kept | null,
  now: Date,
): {
  bornOn?: string | null | undefined;
  birthYear?: number | null | undefined;
} {
  const today = chinaDate(now.getTime());
  if (said && said > today) throw new Problem('request.bad-input', { fields: { bornOn: '出生日期不能晚于今天' } });
  if (birthYear && birthYear > Number(today.slice(0, 4)))
    throw new Problem('request.bad-input', { fields: { birthYear: '出生年份不能晚于今年' } });
  const idNumber = given === undefined ? kept?.idNumber : given;
  const ofNumber = idNumber ? bornOnOf(idNumber) : undefined;
  const contradicts = ofNumber && said !== undefined && ofNumber !== said;
  if (contradicts) throw new Problem('request.bad-input', { fields: { bornOn: notOfNumber } });
  const bornOn = ofNumber ?? said;
  const day = bornOn === undefined ? kept?.bornOn : bornOn;
  if (day && birthYear && birthYear !== Number(day.slice(0, 4)))
    throw new Problem('request.bad-input', { fields: { birthYear: notOfDay } });
  if (bornOn) return { bornOn, birthYear: Number(bornOn.slice(0, 4)) };
  return { bornOn, birthYear };
}

const notOfNumber = '和身份证号里的出生日期不一样，请核对';
const notOfDay = '和登记的出生日期不是同一年，请改出生日期';

export async function addPerson(
  db: Db,
  { id, householdId, now, body }: { id: string; householdId: string; now: Date; body: MemberBody },
): Promise<void> {
  const { name, phone = null, idNumber = null, relation, residence } = body;
  const { bornOn = null, birthYear = null } = bornOf(body, null, now);
  if (name === undefined) throw new Problem('request.bad-input', { fields: { name: '请填姓名' } });
  const { vault } = db;
  await db.write(
    `INSERT INTO person (id, name, phone_sealed, phone_index, id_number_sealed, id_number_index, born_on, birth_year,
       relation, residence, household_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[id, name, vault.seal('person.phone', phone), vault.index('person.phone', phone)],
      ...[vault.seal('person.idNumber', idNumber), vault.index('person.idNumber', idNumber)],
      ...[bornOn, birthYear, relation, residence, householdId, now],
    ],
  );
}

interface Kept {
  name: string;
  phone: string | null;
  idNumber: string | null;
  bornOn: string | null;
  isBound: boolean;
}

async function keptOf(db: Db, id: string): Promise<Kept> {
  const [row] = await db.query<Sealable & Pick<Kept, 'name' | 'bornOn'>>(
    `SELECT name, phone_sealed AS phone, id_number_sealed AS idNumber, born_on AS bornOn, bound_at AS boundAt
     FROM person WHERE id = ?`,
    [id],
  );
  if (!row) throw new Problem('household.not-a-member');
  const { phone, idNumber, boundAt, ...plain } = row;
  return {
    ...{ ...plain, isBound: boundAt !== null },
    ...{ phone: db.vault.open('person.phone', phone), idNumber: db.vault.open('person.idNumber', idNumber) },
  };
}

interface Sealable {
  phone: Sealed | null;
  idNumber: Sealed | null;
  boundAt: Date | null;
}

/**
 * By name and numbers somebody signs in and is known: whoever uses WeChat here puts them right himself (更正, 换绑), and of
 * whom the caller could not appoint the level above does. What is still empty may be filled in for a resident.
 * @throws Problem household.bound-person, household.post-changes
 */
async function mustBeTheirsToChange(db: Db, caller: Caller, id: string, kept: Kept, body: MemberBody): Promise<void> {
  const changed = (['name', 'phone', 'idNumber'] as const).filter(
    (what) => body[what] !== undefined && body[what] !== kept[what],
  );
  if (kept.isBound && changed.some((what) => kept[what] !== null)) throw new Problem('household.bound-person');
  if (changed.length > 0 && (await postsBeyond(db, caller, [id])).length > 0)
    throw new Problem('household.post-changes');
}

/** What is left out stays: the form shows a masked number and does not send it back. */
export async function changePerson(db: Db, caller: Caller, id: string, body: MemberBody): Promise<void> {
  const { now } = caller;
  const kept = await keptOf(db, id);
  await mustBeTheirsToChange(db, caller, id, kept, body);
  const told = (['name', 'phone', 'idNumber'] as const).filter((what) => body[what] !== undefined);
  await keepFormer(db, [id], told, now);
  const { vault } = db;
  const sets: [sql: string, ...values: SqlValue[]][] = [
    ['relation = ?', body.relation],
    ['residence = ?', body.residence],
  ];
  if (body.name !== undefined) sets.push(['name = ?', body.name]);
  const { bornOn, birthYear } = bornOf(body, kept, now);
  if (bornOn !== undefined) sets.push(['born_on = ?', bornOn]);
  if (birthYear !== undefined) sets.push(['birth_year = ?', birthYear]);
  if (body.phone !== undefined)
    sets.push(
      ['phone_sealed = ?', vault.seal('person.phone', body.phone)],
      ['phone_index = ?', vault.index('person.phone', body.phone)],
    );
  if (body.idNumber !== undefined)
    sets.push(
      ['id_number_sealed = ?', vault.seal('person.idNumber', body.idNumber)],
      ['id_number_index = ?', vault.index('person.idNumber', body.idNumber)],
    );
  const assignments = sets.map(([sql]) => sql).join(', ');
  await db.write(`UPDATE person SET ${assignments} WHERE id = ?`, [...sets.flatMap(([, ...values]) => values), id]);
}
