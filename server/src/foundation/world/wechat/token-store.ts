import type { Database } from '../../database/connect';
import type { Clock } from '../clock';
import type { HeldToken, TokenStore } from './token';
import { WechatToken } from './wechat-token.entity';

/** Longer than one fetch with all its tries takes. */
const claimMs = 10_000;

interface Row {
  id: string;
  token: never;
  renewAt: Date | null;
}

/** The one token of this app, sealed in the database, so that web processes and workers share it. */
export function tokensInDatabase(database: Database, appid: string, clock: Clock): TokenStore {
  const { reading } = database;
  return {
    read: async () => {
      const [row] = await reading.query<Row>(
        'SELECT id, token_sealed AS token, renew_at AS renewAt FROM wechat_token WHERE id = ?',
        [appid],
      );
      const token = row && reading.vault.open('wechatToken.token', row.token);
      return token && row.renewAt ? { token, renewAt: row.renewAt.getTime() } : null;
    },
    claim: (seen) => claimed(database, appid, { seen, now: clock.now() }),
    keep: ({ token, renewAt }) =>
      database.transaction(async (db) => {
        await db.write('UPDATE wechat_token SET token_sealed = ?, renew_at = ?, claimed_until = NULL WHERE id = ?', [
          ...[db.vault.seal('wechatToken.token', token), new Date(renewAt), appid],
        ]);
      }),
    release: () =>
      database.transaction(async (db) => {
        await db.write('UPDATE wechat_token SET claimed_until = NULL WHERE id = ?', [appid]);
      }),
  };
}

/** Of all processes that saw the same token one may fetch the next, and again once its claim has run out. */
const claimed = (
  database: Database,
  appid: string,
  { seen, now }: { seen: HeldToken | null; now: number },
): Promise<boolean> =>
  database.transaction(async (db) => {
    if (!seen) await db.upsert(WechatToken, [{ id: appid }], ['id']);
    const mine = await db.write(
      `UPDATE wechat_token SET claimed_until = ?
       WHERE id = ? AND renew_at <=> ? AND (claimed_until IS NULL OR claimed_until <= ?)`,
      [new Date(now + claimMs), appid, seen && new Date(seen.renewAt), new Date(now)],
    );
    return mine === 1;
  });
