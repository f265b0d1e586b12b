import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { SqlValue } from './connect';

interface Columns {
  table: string;
  byProperty: ReadonlyMap<string, { name: string; isJson: boolean }>;
}
const columnsOfEntity = new WeakMap<object, Columns>();

/** TypeORM looks a column up by walking all of them; every insert asks for dozens. */
function columnsOf<E extends ObjectLiteral>(source: DataSource, entity: EntityTarget<E>): Columns {
  const known = columnsOfEntity.get(entity as object);
  if (known) return known;
  const metadata = source.getMetadata(entity);
  const byProperty = new Map(
    metadata.columns.map((column) => [
      column.propertyName,
      { name: `\`${column.databaseName}\``, isJson: column.type === 'json' },
    ]),
  );
  const columns = { table: `\`${metadata.tableName}\``, byProperty };
  columnsOfEntity.set(entity as object, columns);
  return columns;
}

/** One multi-row INSERT of these properties, and its values in order. */
export function insertion<E extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
) {
  const { table, byProperty } = columnsOf(source, entity);
  const column = (property: string) => {
    const found = byProperty.get(property);
    if (!found) throw new Error(`${table} has no column ${property}`);
    return found;
  };
  const properties =
    rows.length === 1 ? Object.keys(rows[0] ?? {}) : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const chosen = properties.map((property) => ({ property, ...column(property) }));
  const values = rows.flatMap((row) =>
    chosen.map(({ property, isJson }) => {
      const value = (row as Record<string, unknown>)[property] ?? null;
      return (isJson && value !== null ? JSON.stringify(value) : value) as SqlValue;
    }),
  );
  const tuple = `(${chosen.map(() => '?').join(', ')})`;
  const names = chosen.map(({ name }) => name).join(', ');
  const sql = `INSERT INTO ${table} (${names}) VALUES ${rows.map(() => tuple).join(', ')}`;
  return { sql, values, columnOf: (property: string) => column(property).name };
}
