import type { Gauges } from '../http/service-gauges';

const day = 24 * 60 * 60_000;

/** 订阅消息 for the operator's monitor. How many were sent and refused is counted as it happens (`sandan_messages_total`). */
export const subscribeGauges: Gauges = {
  help: {
    sandan_messages_waiting:
      'Messages that wait for WeChat, those for the morning and for an unmended template included',
    sandan_messages_late_seconds: 'How long the oldest message that may be sent has been waiting: minutes are an alarm',
    sandan_messages_unanswered:
      'Messages of the last 24 hours of which WeChat gave no answer: they may not have arrived and are not sent again',
    sandan_message_templates_faulty: 'Templates that WeChat refuses: more than 0 is an alarm, see 微信模板',
  },
  read: async ({ database, clock }) => {
    const now = new Date(clock.now());
    const [row] = await database.reading.query<{
      waiting: string;
      oldest: Date | null;
      unanswered: string;
      faulty: string;
    }>(
      `SELECT (SELECT COUNT(*) FROM wechat_message WHERE state = 'waiting') AS waiting,
         (SELECT MIN(next_at) FROM wechat_message WHERE state = 'waiting' AND next_at <= ?) AS oldest,
         (SELECT COUNT(*) FROM wechat_message WHERE state = 'unknown' AND ended_at >= ?) AS unanswered,
         (SELECT COUNT(*) FROM message_template WHERE fault_errcode IS NOT NULL) AS faulty`,
      [now, new Date(now.getTime() - day)],
    );
    if (!row) return [];
    return [
      { name: 'sandan_messages_waiting', value: Number(row.waiting) },
      { name: 'sandan_messages_late_seconds', value: row.oldest ? (now.getTime() - row.oldest.getTime()) / 1000 : 0 },
      { name: 'sandan_messages_unanswered', value: Number(row.unanswered) },
      { name: 'sandan_message_templates_faulty', value: Number(row.faulty) },
    ];
  },
};
