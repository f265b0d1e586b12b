import { createConnection, type Connection } from 'mysql2/promise';
import { ConfigFault } from '../config';
import { errorCodeOf } from '../database/conflicts';
import { connectionOf } from '../database/connect';
import { grantedRights, type GrantedRight } from '../database/granted-rights';
import { appendOnly, readOnly } from '../database/grants';

/**
 * 等保, 审计记录不可改: whether the application's account really cannot change the audit. Asked of the database itself, by
 * statements that would change nothing (it refuses them before it looks at a row) and by what it says that it has given to
 * the account, on columns and by roles too. Returns what the account may do that it
 * must not, in words; nothing where all is well. A database without these tables yet has nothing to protect.
 */
export async function auditFaults(url: string): Promise<string[]> {
  const { username, ...where } = connectionOf(url);
  const connection = await createConnection({ ...where, user: username }).catch((error: unknown) => {
    throw new ConfigFault([`数据库连不上 / the database cannot be used: ${errorCodeOf(error) ?? ''}`]);
  });
  try {
    const may = await mayChange(connection);
    const given = (await grantedRights(connection)).filter(isDangerous);
    return may.length + given.length === 0 ? [] : [wordsOf(username, may, given)];
  } finally {
    await connection.end();
  }
}

/** Throws {@link ConfigFault}; what production does before it takes its first request. */
export async function refuseChangeableAudit(url: string): Promise<void> {
  const faults = await auditFaults(url);
  if (faults.length > 0) throw new ConfigFault(faults);
}

const auditTables = [...appendOnly, ...readOnly].filter((name) => name.startsWith('audit_'));
const denied = new Set(['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR']);

async function mayChange(connection: Connection): Promise<string[]> {
  const may: string[] = [];
  for (const table of auditTables) {
    for (const [right, sql] of [
      ['UPDATE', `UPDATE ${table} SET ${table === 'audit_entry' ? 'at = at' : 'seq = seq'} WHERE 1 = 0`],
      ['DELETE', `DELETE FROM ${table} WHERE 1 = 0`],
    ] as const)
      if (await runs(connection, sql)) may.push(`${right} ${table}`);
  }
  return may;
}

async function runs(connection: Connection, sql: string): Promise<boolean> {
  try {
    await connection.query(sql);
    return true;
  } catch (error) {
    const code = errorCodeOf(error) ?? '';
    if (denied.has(code) || code === 'ER_NO_SUCH_TABLE') return false;
    throw error;
  }
}

/** By these a table is changed, emptied, exchanged or taken away, or the owner's password set anew. */
const dangerous = ['ALL PRIVILEGES', 'UPDATE', 'DELETE', 'DROP', 'ALTER', 'TRIGGER', 'SUPER', 'CREATE USER'];

const isDangerous = ({ right, table }: GrantedRight): boolean =>
  dangerous.includes(right) && (table === '*' || auditTables.includes(table));

function wordsOf(username: string, may: readonly string[], given: readonly GrantedRight[]): string {
  const wide = [...new Set(given.filter(({ table }) => table === '*').map(({ right }) => right))].sort();
  const roles = [...new Set(given.flatMap(({ role }) => role ?? []))];
  const all = new Set([...may, ...given.map(({ right, table }) => `${right} ${table}`)]);
  const found = [
    ...(wide.length > 0 ? [`它在整个库上有 ${wide.join('、')} 权限（多半是 GRANT ALL 给的）。`] : []),
    ...(roles.length > 0 ? [`有的权限来自角色 ${roles.join('、')}，请一并收回。`] : []),
  ].join('');
  return [
    `数据库账号 ${username} 能改审计记录（${[...all].join('，')}），正式环境不启动。`,
    `    ${found}请建两个账号：DATABASE_OWNER_URL 拥有表，DATABASE_URL 给服务用，建好后不给它任何库级权限（收回 GRANT ALL），再运行 npm run db:migrate 逐表授权。`,
    `    the application's account can change the audit: give DATABASE_URL an account of its own without rights on the`,
    `    whole database, and the owner's to DATABASE_OWNER_URL; npm run db:migrate then grants per table`,
  ].join('\n');
}
