import type { Db } from '../database/connect';

interface Confirmed {
  readonly openid: string;
  readonly templateId: string;
  /** 0: it arrived. */
  readonly errcode: number;
  /** When WeChat says that it happened, in whole seconds. */
  readonly at: Date;
}

/** How far WeChat's word may be from our call. */
const windowMs = 10 * 60_000;

/**
 * 送达回执 (subscribe_msg_sent_event): WeChat gives a message no id that we know (wechat.md §5.1), so it is matched to the one
 * of that account and template whose call is nearest in time and of which nothing was told yet. This is how a message of
 * which no answer came turns out to have arrived, or not; what was not taken is not sent again.
 */
export async function confirmMessage(db: Db, { openid, templateId, errcode, at }: Confirmed): Promise<void> {
  const [row] = await db.query<{ id: string }>(
    `SELECT id FROM wechat_message WHERE openid = ? AND template_id = ? AND confirmed_at IS NULL
       AND state IN ('sending', 'sent', 'unknown') AND called_at BETWEEN ? AND ?
     ORDER BY ABS(TIMESTAMPDIFF(MICROSECOND, called_at, ?)), id LIMIT 1 FOR UPDATE`,
    [openid, templateId, new Date(at.getTime() - windowMs), new Date(at.getTime() + windowMs), at],
  );
  if (!row) return;
  // One that is still being sent goes on blocking the next; its own process writes it off.
  await db.write(
    `UPDATE wechat_message SET confirmed_at = ?, errcode = ?, reason = IF(? = 0, NULL, 'push'),
       state = IF(state = 'sending', state, IF(? = 0, 'sent', 'refused')) WHERE id = ?`,
    [at, errcode === 0 ? null : errcode, errcode, errcode, row.id],
  );
}
