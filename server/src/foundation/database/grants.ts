import type { DataSource } from 'typeorm';

/** Tables where the application may only add and read (等保: the record of acts cannot be changed by the application). */
export const appendOnly: ReadonlySet<string> = new Set(['audit_entry', 'audit_seal', 'audit_check']);
/** Written by migrations and by commands of the owner only. */
export const readOnly: ReadonlySet<string> = new Set(['migration', 'audit_anchor']);

interface Account {
  username: string;
  database: string;
}

/**
 * Gives the application's account its rights per table, because MySQL cannot take one away from a wider grant
 * (decisions.md §6.6). Run after every migration, so that a new table is never forgotten.
 */
export async function grantsForApplication(source: DataSource, owner: Account, application: Account): Promise<void> {
  if (application.username === owner.username) return;
  const rows = (await source.query(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  )) as { name: string }[];
  const hosts = (await source.query('SELECT CURRENT_USER() AS me')) as { me: string }[];
  const host = hosts[0]?.me.split('@').at(-1) ?? 'localhost';
  for (const { name } of rows) {
    const rights = rightsOn(name);
    await source.query(`GRANT ${rights} ON \`${owner.database}\`.\`${name}\` TO ?@?`, [application.username, host]);
  }
}

function rightsOn(table: string): string {
  if (readOnly.has(table)) return 'SELECT';
  if (appendOnly.has(table)) return 'SELECT, INSERT';
  return 'SELECT, INSERT, UPDATE, DELETE';
}
