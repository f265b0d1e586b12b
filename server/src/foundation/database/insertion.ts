import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { sealedFields } from '../personal-data/sealed-fields';
import { isIndexed, type Vault } from '../personal-data/vault';
import { sealedFieldsOf } from './columns';
import type { SqlValue } from './connect';

/** What one property of an entity becomes in the table: one column, and the index beside it where it is sealed. */
interface Written {
  name: string;
  value: (property: unknown, vault: Vault) => SqlValue;
}
interface Columns {
  table: string;
  byProperty: ReadonlyMap<string, readonly Written[]>;
}
const columnsOfEntity = new WeakMap<object, Columns>();

/** TypeORM looks a column up by walking all of them; every insert asks for dozens. */
function columnsOf<E extends ObjectLiteral>(source: DataSource, entity: EntityTarget<E>): Columns {
  const known = columnsOfEntity.get(entity as object);
  if (known) return known;
  const metadata = source.getMetadata(entity);
  const sealed = sealedFieldsOf(entity as object);
  const byProperty = new Map(
    metadata.columns.map(({ propertyName, databaseName, type }): [string, readonly Written[]] => {
      const field = sealed.get(propertyName);
      return [propertyName, field ? sealedColumns(field) : [plainColumn(databaseName, type === 'json')]];
    }),
  );
  const columns = { table: `\`${metadata.tableName}\``, byProperty };
  columnsOfEntity.set(entity as object, columns);
  return columns;
}

const plainColumn = (name: string, isJson: boolean): Written => ({
  name: `\`${name}\``,
  value: (value) => (isJson && value !== null ? JSON.stringify(value) : value) as SqlValue,
});

function sealedColumns(field: keyof typeof sealedFields): Written[] {
  const { column } = sealedFields[field];
  const text = (value: unknown) => value as string | null;
  const itself = { name: `\`${column}\``, value: (value: unknown, vault: Vault) => vault.seal(field, text(value)) };
  if (!isIndexed(field)) return [itself];
  const { index } = sealedFields[field];
  return [itself, { name: `\`${index}\``, value: (value, vault) => vault.index(field, text(value)) }];
}

/** One multi-row INSERT of these properties, and its values in order. */
export function insertion<E extends ObjectLiteral>(
  source: DataSource,
  vault: Vault,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
) {
  const { table, byProperty } = columnsOf(source, entity);
  const written = (property: string): readonly Written[] => {
    const found = byProperty.get(property);
    if (!found) throw new Error(`${table} has no column ${property}`);
    return found;
  };
  const properties =
    rows.length === 1 ? Object.keys(rows[0] ?? {}) : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const chosen = properties.flatMap((property) => written(property).map((column) => ({ property, ...column })));
  const values = rows.flatMap((row) =>
    chosen.map(({ property, value }) => value((row as Record<string, unknown>)[property] ?? null, vault)),
  );
  const tuple = `(${chosen.map(() => '?').join(', ')})`;
  const names = chosen.map(({ name }) => name).join(', ');
  const sql = `INSERT INTO ${table} (${names}) VALUES ${rows.map(() => tuple).join(', ')}`;
  return { sql, values, columnsOf: (property: string) => written(property).map(({ name }) => name) };
}
