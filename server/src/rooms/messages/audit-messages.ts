import { newId } from '../../foundation/ids';
import type { Reaction } from '../../foundation/outbox/outbox';
import { auditorsNow } from '../audit/audit.queries';
import { Message } from './message.entity';

/** 审计链有问题: every auditor hears of it, each night anew until somebody has looked. */
export const auditMessages: Reaction = {
  name: 'messages.audit',
  wants: ({ thing, action }) => thing === 'audit' && action === 'broken',
  run: async (db, { id: eventId, at, facts }) => {
    const words = `夜里核对审计记录，发现 ${Number(facts?.['faults'])} 处对不上，可能有人改过、删过。请马上请运维人员运行 npm run audit:verify 查清，并保留服务器现场。`;
    const rows = (await auditorsNow(db, at)).map((personId) => ({
      ...{ id: newId(at), personId, kind: 'audit.broken', title: '审计记录有问题', words },
      ...{ about: null, aboutId: null, eventId, at },
    }));
    await db.upsert(Message, rows, ['personId']);
  },
};
