import type { Connection, RowDataPacket } from 'mysql2/promise';

/** What an account may do in this database. */
export interface GrantedRight {
  /** As the database names it: `DROP`, `ALL PRIVILEGES`. */
  readonly right: string;
  /** `*`: on every table. A right on a column counts as one on its table. */
  readonly table: string;
  /** The role by which it has it, now or after `SET ROLE`; null: the account itself. */
  readonly role: string | null;
}

/**
 * All that the account of this connection holds or can take up: given to itself, to one of its roles and theirs, or to
 * everybody. Read from SHOW GRANTS, because the tables of information_schema show neither roles nor PUBLIC to the account
 * itself. The connection has no role afterwards.
 */
export async function grantedRights(connection: Connection): Promise<GrantedRight[]> {
  const own = await show(connection, 'SHOW GRANTS');
  const given = own.flatMap((line) => rightsIn(line, null));
  const [version = ''] = await show(connection, 'SELECT VERSION()');
  const isMaria = version.includes('MariaDB');
  for (const role of own.flatMap(rolesIn)) {
    const lines = isMaria
      ? await grantsUnderRole(connection, role)
      : await show(connection, `SHOW GRANTS FOR CURRENT_USER() USING ${role}`);
    given.push(...lines.flatMap((line) => rightsIn(line, named(role))));
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // Rights of everybody: MariaDB alone knows them, since 10.11.
  if (isMaria && (major > 10 || (major === 10 && minor >= 11)))
    given.push(...(await show(connection, 'SHOW GRANTS FOR PUBLIC')).flatMap((line) => rightsIn(line, 'PUBLIC')));
  return onlyHere(connection, given);
}

async function show(connection: Connection, sql: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return rows.map((row) => String(Object.values(row)[0]));
}

/** With those of the roles that it has in its turn. */
async function grantsUnderRole(connection: Connection, role: string): Promise<string[]> {
  await connection.query(`SET ROLE ${role}`);
  const lines = await show(connection, 'SHOW GRANTS FOR CURRENT_ROLE');
  await connection.query('SET ROLE NONE');
  return lines;
}

const named = (text: string): string => text.replaceAll('`', '');

/** The roles that a line gives, quoted as they stand there: `GRANT \`reports\` TO …`, on MySQL several with their hosts. */
const rolesIn = (line: string): string[] => {
  const [, roles = ''] = /^GRANT ((?:`[^`]+`(?:@`[^`]*`)?,?\s*)+) TO /.exec(line) ?? [];
  return roles === '' ? [] : roles.split(/,\s*/);
};

interface Given extends GrantedRight {
  readonly schema: string;
}

/** Of a line as `GRANT SELECT, UPDATE (a, b) ON \`sandan\`.\`audit_entry\` TO …`; nothing where a role is given. */
function rightsIn(line: string, role: string | null): Given[] {
  const [, rights = '', schema = '', table = ''] = /^GRANT (.+?) ON (\*|`.+?`)\.(\*|`.+?`) TO /.exec(line) ?? [];
  return rights
    .replace(/\s*\([^)]*\)/g, '')
    .split(/,\s*/)
    .filter((right) => right !== '')
    .map((right) => ({ right, schema: named(schema), table: named(table), role }));
}

/** A grant on a whole database names it by a pattern. */
async function onlyHere(connection: Connection, given: readonly Given[]): Promise<GrantedRight[]> {
  const here = new Set(['*']);
  for (const schema of new Set(given.map((each) => each.schema))) {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT DATABASE() LIKE ? AS isHere', [schema]);
    if (Number(rows[0]?.['isHere']) === 1) here.add(schema);
  }
  return given.filter(({ schema }) => here.has(schema)).map(({ right, table, role }) => ({ right, table, role }));
}
