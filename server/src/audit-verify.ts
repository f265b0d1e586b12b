import { AuditCheck } from './foundation/audit/audit-chain.entity';
import { headOf, headWords, type Head } from './foundation/audit/chain';
import { faultWords } from './foundation/audit/fault-words';
import { openAudit } from './foundation/audit/open-audit';
import { verifyChain, type Verdict } from './foundation/audit/verify';
import { endOnFault } from './foundation/config';
import type { Database, Reading } from './foundation/database/connect';
import { newId } from './foundation/ids';

/** Entry of audit-verify.js: `npm run audit:verify -- --head 1234:9f86…`. Ends with 1 where the audit was tampered with. */
const given = headGiven(process.argv.slice(2));
const url = process.env['DATABASE_URL'];
if (!url) throw new Error('DATABASE_URL is missing');

if (given === 'unreadable') {
  console.error('--head 后面要写“号:哈希”，就是上次核对或日志里记下的那一串 / --head <seq>:<hash>');
  process.exitCode = 1;
} else {
  const database = await openAudit(url).catch(endOnFault);
  try {
    process.exitCode = await verify(database, given);
  } finally {
    await database.close();
  }
}

function headGiven(args: readonly string[]): Head | null | 'unreadable' {
  if (args.length === 0) return null;
  return (args[0] === '--head' && args.length === 2 && headOf(args[1] ?? '')) || 'unreadable';
}

async function verify({ reading, transaction }: Database, head: Head | null): Promise<number> {
  const now = new Date();
  const known = [...(head ? [head] : []), ...(await lastHead(reading))];
  const verdict = await verifyChain(reading, now, known);
  const { faultCount: faults, entries } = verdict;
  await transaction((db) => db.insert(AuditCheck, [{ id: newId(now), at: now, ...verdict.head, entries, faults }]));
  for (const line of report(verdict)) console.log(line);
  return faults === 0 ? 0 : 1;
}

/** Where the last verification without a fault found the end: the chain must still go through there. */
async function lastHead(reading: Reading): Promise<Head[]> {
  const rows = await reading.query<Head>(
    `SELECT c.seq, c.hash FROM audit_check c WHERE c.faults = 0
       AND c.seq >= (SELECT COALESCE(MAX(a.seq), 1) FROM audit_anchor a) ORDER BY c.at DESC, c.id DESC LIMIT 1`,
  );
  return rows.map(({ seq, hash }) => ({ seq: Number(seq), hash }));
}

function report({ head, entries, waiting, faults, faultCount }: Verdict): string[] {
  const more = faultCount - faults.length;
  return [
    ...faults.map(faultWords),
    ...(more > 0 ? [`还有 ${more} 处，没有一一列出。`] : []),
    faultCount === 0
      ? `审计记录完好：核对了 ${entries} 条，没有改过、少过、插过。`
      : `审计记录有问题：核对了 ${entries} 条，发现 ${faultCount} 处。`,
    ...(waiting > 0 ? [`另有 ${waiting} 条刚写入，还没封。`] : []),
    `链头 ${headWords(head)}（请抄存在别处，下次用 --head 核对）`,
  ];
}
