import type { Reaction } from '../../foundation/outbox/outbox';
import { auditorsNow } from '../audit/audit.queries';
import { messageOn, writeMessages } from './write-messages';

/** 审计链有问题: every auditor hears of it, each night anew until somebody has looked. */
export const auditMessages: Reaction = {
  name: 'messages.audit',
  wants: ({ thing, action }) => thing === 'audit' && action === 'broken',
  run: async (db, event) => {
    const words = `夜里核对审计记录，发现 ${Number(event.facts?.['faults'])} 处对不上，可能有人改过、删过。请马上请运维人员运行 npm run audit:verify 查清，并保留服务器现场。`;
    const auditors = await auditorsNow(db, event.at);
    const told = { topic: 'system' as const, title: '审计记录有问题', words };
    await writeMessages(
      db,
      auditors.map((personId) => messageOn(event, { personId, ...told })),
    );
  },
};
