import type { Database, Reading } from '../../database/connect';
import { SealFault, type Sealed } from '../../personal-data/vault';
import type { Clock } from '../clock';
import type { WechatLog } from './call';
import type { HeldToken, TokenStore } from './token';
import { WechatToken } from './wechat-token.entity';

/** Longer than one fetch with all its tries takes. */
const claimMs = 10_000;

interface Row {
  id: string;
  token: Sealed | null;
  renewAt: Date | null;
}

interface Ground {
  readonly database: Database;
  readonly appid: string;
  readonly clock: Clock;
  readonly log: Pick<WechatLog, 'error'>;
}

/** The one token of this app, sealed in the database, so that web processes and workers share it. */
export function tokensInDatabase({ database, appid, clock, log }: Ground): TokenStore {
  const { reading } = database;
  return {
    read: async () => {
      const [row] = await reading.query<Row>(
        'SELECT id, token_sealed AS token, renew_at AS renewAt FROM wechat_token WHERE id = ?',
        [appid],
      );
      if (!row?.token || !row.renewAt) return null;
      const token = opened(reading, row.token);
      if (!(token instanceof SealFault)) return { token, renewAt: row.renewAt.getTime() };
      await dropLost({ database, appid, log }, row.token, token);
      return null;
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

function opened({ vault }: Reading, sealed: Sealed): string | SealFault {
  try {
    return vault.open('wechatToken.token', sealed);
  } catch (error) {
    if (error instanceof SealFault) return error;
    throw error;
  }
}

/**
 * WeChat says the same token again to whoever asks, so one that no key opens any more is worth nothing and keeps nobody
 * away from WeChat. Of all processes that meet it the one that removes it says so, once: a lost key is an operator's
 * matter, for phones and addresses under it cannot be had again.
 */
async function dropLost(
  { database, appid, log }: Omit<Ground, 'clock'>,
  sealed: Sealed,
  fault: SealFault,
): Promise<void> {
  const dropped = await database.transaction((db) =>
    db.write('UPDATE wechat_token SET token_sealed = NULL, renew_at = NULL WHERE id = ? AND token_sealed = ?', [
      ...[appid, sealed],
    ]),
  );
  if (dropped > 0)
    log.error(
      { err: fault },
      'the kept token of WeChat does not open with the keys of KEYS_FILE: it is fetched anew. Look whether that is the right file; what else was sealed with the lost key cannot be read either',
    );
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
