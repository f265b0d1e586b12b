import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import type { auditApi } from '@sandan/shared/audit/audit.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { auditRules, writeAuditRules, type AuditRules } from '../../foundation/audit/audit-rules';
import { headWords } from '../../foundation/audit/chain';
import { recordAct } from '../../foundation/audit/record-act';
import { headOfChain } from '../../foundation/audit/seal';
import { decodeCursor } from '../../foundation/database/cursor';
import type { Db, Reading } from '../../foundation/database/connect';
import { pageOf } from '../../foundation/database/page';
import { auditReach, countyWith } from './audit.policy';
import { presentEntries } from './audit.presenter';
import { auditRows, lastCheck, sealedUntil, waitingToBeSealed } from './audit.queries';

type Api = typeof auditApi;

export async function listEntries(
  db: Reading,
  caller: Caller,
  { cursor, limit, ...filters }: QueryOf<Api['list']>,
): Promise<ReplyOf<Api['list']>> {
  const after = decodeCursor(cursor, filters, ['time', 'id']);
  const rows = await auditRows(db, { reach: auditReach(caller), filters, after, limit: limit + 1 });
  const page = pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply: (row) => row });
  return { ...page, items: await presentEntries(db, page.items) };
}

export async function stateOfChain(db: Reading, caller: Caller): Promise<ReplyOf<Api['state']>> {
  const county = countyWith(caller, 'audit.setRules');
  const [head, waiting, check, rules] = await Promise.all([
    headOfChain(db),
    waitingToBeSealed(db),
    lastCheck(db),
    auditRules(db, county ?? undefined),
  ]);
  const at = await sealedUntil(db, head.seq);
  return {
    head: head.seq === 0 ? null : headWords(head),
    sealed:
      head.seq === 0
        ? null
        : { seq: head.seq, shortHash: head.hash.toString('hex').slice(0, 12), at: at?.toISOString() ?? null },
    waiting,
    lastCheck: check && { ...check, at: check.at.toISOString() },
    rules,
    allows: ['export', ...(county === null ? [] : (['changeRules'] as const))],
  };
}

/** Of the county, by its own auditor. The same again changes nothing. */
export async function changeRules(db: Db, caller: Caller, judge: () => AuditRules): Promise<AuditRules> {
  const county = countyWith(caller, 'audit.setRules');
  if (county === null) throw new Problem('access.forbidden');
  const rules = judge();
  const before = await auditRules(db, county);
  if (before.keepDays === rules.keepDays && before.idleDays === rules.idleDays) return before;
  await writeAuditRules(db, county, rules);
  await recordAct(db, caller, 'changeAuditRules', { thingId: county, townId: null, facts: rules });
  return rules;
}
