import type { FactsOfDeeds } from '@sandan/shared/audit/audit-facts';
import { auditLimits } from '@sandan/shared/audit/audit.words';
import { fromJson, type Db, type Reading } from '../database/connect';

/** Settings of the installation, kept on the county's grid; an installation serves one county. */
export type AuditRules = FactsOfDeeds['changeAuditRules'];
const defaults: AuditRules = { keepDays: auditLimits.keepDays, idleDays: auditLimits.idleDays };

/** The setting's name on the county's grid. */
const auditSetting = 'audit';

/** Never less than 180 days, whatever a row says; of several counties' rules the longer time holds. */
export async function auditRules(reading: Reading, countyId?: string): Promise<AuditRules> {
  const rows = await reading.query<{ value: unknown }>(
    `SELECT value FROM setting WHERE name = ? ${countyId === undefined ? '' : 'AND grid_id = ?'}`,
    [auditSetting, ...(countyId === undefined ? [] : [countyId])],
  );
  const given = rows.map(({ value }) => ({ ...defaults, ...fromJson<Partial<AuditRules>>(value) }));
  const longest = (name: keyof AuditRules) => Math.max(...given.map((rules) => rules[name]));
  const { keepDays, idleDays } =
    given.length === 0 ? defaults : { keepDays: longest('keepDays'), idleDays: longest('idleDays') };
  return { keepDays: Math.max(keepDays, auditLimits.fewestDays), idleDays };
}

export const writeAuditRules = (db: Db, countyId: string, rules: AuditRules): Promise<number> =>
  db.write(
    'INSERT INTO setting (grid_id, name, value) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)',
    [countyId, auditSetting, JSON.stringify(rules)],
  );
