import { auditRules } from './foundation/audit/audit-rules';
import { headWords } from './foundation/audit/chain';
import { openAudit } from './foundation/audit/open-audit';
import { BrokenChain, trimAudit } from './foundation/audit/trim';
import { endOnFault } from './foundation/config';
import type { Database } from './foundation/database/connect';

/**
 * Entry of audit-trim.js: `npm run audit:trim` removes what is older than the setting says (180 days at least), as the
 * owner of the database: the application's account cannot.
 */
const url = process.env['DATABASE_OWNER_URL'] || process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_OWNER_URL is missing');
const database = await openAudit(url).catch(endOnFault);
try {
  process.exitCode = await trim(database);
} finally {
  await database.close();
}

const day = 24 * 60 * 60_000;

async function trim(owner: Database): Promise<number> {
  const now = new Date();
  const { keepDays } = await auditRules(owner.reading);
  try {
    const { removed, anchor } = await trimAudit(owner, { before: new Date(now.getTime() - keepDays * day), now });
    console.log(
      `保存 ${keepDays} 天，清理了更早的 ${removed} 条。链从第 ${anchor.seq + 1} 号开始，锚点 ${headWords(anchor)}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof BrokenChain)) throw error;
    console.error(`第 ${error.seq} 号对不上，没有再往下清理。请先运行 npm run audit:verify 查清楚。`);
    return 1;
  }
}
