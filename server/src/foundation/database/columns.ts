import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';

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
