import { relations, residences } from '@sandan/shared/households/household.words';
import type { CorrectionField } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import { Phone } from '@sandan/shared/schemas';
import { chinaDate } from '@sandan/shared/china-time';
import type { Db } from '../../foundation/database/connect';
import type { Vault } from '../../foundation/personal-data/vault';
import type { RosterRow } from './corrections.queries';

/** How each field of the roster is read, checked and written. Values are what a person reads: 配偶, not `spouse`. */
interface Field {
  read(row: RosterRow, vault: Vault): string | null;
  /** What is wrong with the value, in words; null: nothing. */
  fault(value: string, now: Date): string | null;
  write(db: Db, person: { id: string; householdId: string | null }, value: string): Promise<unknown>;
}

const wordIn = (table: Readonly<Record<string, string>>, code: string | null): string | null =>
  code === null ? null : (table[code] ?? null);
const codeIn = (table: Readonly<Record<string, string>>, word: string): string | undefined =>
  Object.keys(table).find((code) => table[code] === word);

const fromList = (column: 'relation' | 'residence', table: Readonly<Record<string, string>>): Field => ({
  read: (row) => wordIn(table, row[column]),
  fault: (value) =>
    codeIn(table, value) === undefined ? `请从这些里选一个：${Object.values(table).join('、')}` : null,
  write: (db, { id }, value) =>
    db.write(`UPDATE person SET ${column} = ? WHERE id = ?`, [codeIn(table, value) ?? null, id]),
});

export const correctionValues: Record<CorrectionField, Field> = {
  name: {
    read: ({ name }) => name,
    fault: (value) => (/^[\p{sc=Han}·]{2,20}$/u.test(value) ? null : '请填写 2 到 20 个汉字的姓名'),
    write: (db, { id }, value) => db.write('UPDATE person SET name = ? WHERE id = ?', [value, id]),
  },
  phone: {
    read: ({ phone }, vault) => vault.open('person.phone', phone),
    fault: (value) => (Phone.safeParse(value).success ? null : '请填 11 位手机号'),
    write: (db, { id }, value) =>
      db.write('UPDATE person SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
        ...[db.vault.seal('person.phone', value), db.vault.index('person.phone', value), id],
      ]),
  },
  bornOn: {
    read: ({ bornOn }) => bornOn,
    fault: (value, now) =>
      isDay(value) && value >= '1900-01-01' && value <= chinaDate(now.getTime()) ? null : '日期写成 1956-03-08 这样',
    write: (db, { id }, value) =>
      db.write('UPDATE person SET born_on = ?, birth_year = ? WHERE id = ?', [value, Number(value.slice(0, 4)), id]),
  },
  relation: fromList('relation', relations),
  residence: fromList('residence', residences),
  door: {
    read: ({ door }, vault) => vault.open('household.door', door),
    fault: () => null,
    write: (db, { householdId }, value) => {
      if (householdId === null)
        throw new Problem('request.bad-input', { fields: { field: '还没有绑定住户，改不了门牌' } });
      return db.write('UPDATE household SET door_sealed = ?, door_index = ? WHERE id = ?', [
        ...[db.vault.seal('household.door', value), db.vault.index('household.door', value), householdId],
      ]);
    },
  },
};

const isDay = (value: string): boolean => {
  const time = Date.parse(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};
