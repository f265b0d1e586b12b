import type { BodyOf } from '@sandan/shared/endpoint';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import { Problem } from '@sandan/shared/problems';
import { bornOnOf } from '../../foundation/rosters/cell-rules';
import type { Db, Reading, SqlValue } from '../../foundation/database/connect';

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

/** The birthday as it is said, else as it stands in the identity number; a year alone where nobody knows more. */
function bornOf({ idNumber, bornOn: said, birthYear }: MemberBody): {
  bornOn?: string | null | undefined;
  birthYear?: number | null | undefined;
} {
  const ofNumber = idNumber ? bornOnOf(idNumber) : undefined;
  if (ofNumber && said && ofNumber !== said)
    throw new Problem('request.bad-input', { fields: { bornOn: '和身份证号里的出生日期不一样，请核对' } });
  const bornOn = ofNumber ?? said;
  if (bornOn) return { bornOn, birthYear: Number(bornOn.slice(0, 4)) };
  return { bornOn, birthYear };
}

export async function addPerson(
  db: Db,
  { id, householdId, now, body }: { id: string; householdId: string; now: Date; body: MemberBody },
): Promise<void> {
  const { name, phone = null, idNumber = null, relation, residence } = body;
  const { bornOn = null, birthYear = null } = bornOf(body);
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

/** What is left out stays: the form shows a masked number and does not send it back. */
export async function changePerson(db: Db, id: string, body: MemberBody): Promise<void> {
  const { vault } = db;
  const sets: [sql: string, ...values: SqlValue[]][] = [
    ['relation = ?', body.relation],
    ['residence = ?', body.residence],
  ];
  if (body.name !== undefined) sets.push(['name = ?', body.name]);
  const { bornOn, birthYear } = bornOf(body);
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
