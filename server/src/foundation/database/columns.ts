import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';
import { sealedFields, type SealedField } from '../personal-data/sealed-fields';

/**
 * Columns with every type written out: decorator metadata is off, and ids and codes are `ascii_bin` in every table, or a
 * join between two collations loses its index (decisions.md §8).
 */
const ascii = { charset: 'ascii', collation: 'ascii_bin' } as const;
const withNull = (nullable: boolean): ColumnOptions => (nullable ? { nullable: true } : {});

export const Id = (name = 'id') => PrimaryColumn({ name, type: 'char', length: 26, ...ascii });
export const CodeId = (name: string, length: number) => PrimaryColumn({ name, type: 'varchar', length, ...ascii });
export const IntId = (name: string) => PrimaryColumn({ name, type: 'int' });

export const Ref = (name: string) => Column({ name, type: 'char', length: 26, ...ascii });
export const OptionalRef = (name: string) => Column({ name, type: 'char', length: 26, ...ascii, nullable: true });
export const Code = (name: string, length = 30, nullable = false) =>
  Column({ name, type: 'varchar', length, ...ascii, ...withNull(nullable) });
export const Words = (name: string, length: number, nullable = false) =>
  Column({ name, type: 'varchar', length, ...withNull(nullable) });
export const Time = (name: string, nullable = false) =>
  Column({ name, type: 'datetime', precision: 3, ...withNull(nullable) });
export const Day = (name: string, nullable = false) =>
  Column({ name, type: 'char', length: 10, ...ascii, ...withNull(nullable) });
export const Int = (name: string, nullable = false) => Column({ name, type: 'int', ...withNull(nullable) });
export const Double = (name: string, nullable = false) => Column({ name, type: 'double', ...withNull(nullable) });
export const Flag = (name: string) => Column({ name, type: 'tinyint' });
export const Json = (name: string, nullable = false) => Column({ name, type: 'json', ...withNull(nullable) });
export const Binary = (name: string, length: number, nullable = false) =>
  Column({ name, type: 'binary', length, ...withNull(nullable) });

const sealedProperties = new WeakMap<object, Map<string, SealedField>>();

/** Personal data: plain text in the property, sealed (and indexed) by `db.insert`; whoever reads it by SQL opens it. */
export const SealedWords =
  (field: SealedField, length: number | 'long' = 600) =>
  (target: object, property: string | symbol) => {
    const entity = target.constructor;
    const fields = sealedProperties.get(entity) ?? new Map<string, SealedField>();
    sealedProperties.set(entity, fields.set(String(property), field));
    const type: ColumnOptions = length === 'long' ? { type: 'mediumtext' } : { type: 'varchar', length };
    Column({ name: sealedFields[field].column, ...type, ...ascii, nullable: true })(target, property);
  };

export const sealedFieldsOf = (entity: object): ReadonlyMap<string, SealedField> =>
  sealedProperties.get(entity) ?? new Map<string, SealedField>();
