import type { Db } from '../database/connect';
import { newId } from '../ids';
import { newcomerName } from './newcomer-name';
import { endAllSessions } from './sessions';

/**
 * 换绑, or a phone that is lost: each WeChat account that opens this person becomes a newcomer of its own, so that whoever
 * still holds the old phone is told in the app what happened and sees nothing of the person any more. Returns those
 * newcomers.
 */
export async function unlinkAccounts(db: Db, personId: string, now: Date): Promise<string[]> {
  // Not that of the demo's own door: it is opened by name, not by WeChat.
  const accounts = await db.query<{ openid: string }>(
    "SELECT openid FROM wechat_account WHERE person_id = ? AND openid NOT LIKE 'demo-%'",
    [personId],
  );
  const strangers = accounts.map(({ openid }) => ({ openid, id: newId(now), name: newcomerName(openid) }));
  for (const { openid, id, name } of strangers) {
    await db.write('INSERT INTO person (id, name, created_at) VALUES (?, ?, ?)', [id, name, now]);
    await db.write('UPDATE wechat_account SET person_id = ? WHERE openid = ?', [id, openid]);
  }
  if (strangers.length > 0) await endAllSessions(db, [personId], now);
  return strangers.map(({ id }) => id);
}
