/** Column names of a row as the entity's properties: `placed_at` → `placedAt`. */
const known = new Map<string, string>();

const propertyOf = (column: string): string => {
  const property = known.get(column) ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  known.set(column, property);
  return property;
};

export function rowOf<T>(row: Readonly<Record<string, unknown>>): T {
  const result: Record<string, unknown> = {};
  for (const column in row) result[propertyOf(column)] = row[column];
  return result as T;
}

/** A DATETIME inside a JSON value: MySQL and MariaDB write it as `2026-09-15 01:00:00.000`, in the session's UTC. */
export const dateInJson = (value: unknown): Date | null =>
  typeof value === 'string' ? new Date(`${value.replace(' ', 'T').slice(0, 23)}Z`) : null;

/** `JSON_OBJECT('placedAt', t.placed_at, …)` for the named properties of an alias, and further expressions by name. */
export const jsonObject = (
  alias: string,
  properties: readonly string[],
  expressions: Readonly<Record<string, string>> = {},
): string => {
  const columns = properties.map((each) => `'${each}', ${alias}.${snakeOf(each)}`);
  const further = Object.entries(expressions).map(([name, sql]) => `'${name}', ${sql}`);
  return `JSON_OBJECT(${[...columns, ...further].join(', ')})`;
};

export const snakeOf = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
