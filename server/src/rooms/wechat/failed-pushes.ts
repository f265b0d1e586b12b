import { isDuplicate } from '../../foundation/database/conflicts';
import type { Db, Reading } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { World } from '../../foundation/http/world';
import { newId } from '../../foundation/ids';
import type { PushHandler, WechatPush } from '../../foundation/world/wechat/push-handler';
import { readPush } from '../../foundation/world/wechat/push-message';
import { identityOf, takePush } from './pushes.service';
import { FailedPush } from './wechat-push.entity';

const dueKind = 'wechatPush';
/** WeChat's own tries are over by then. */
const firstPause = 60_000;

/**
 * A push that failed in our hands, such as that somebody has closed his account: WeChat sends it three times within seconds
 * and never again, and what it obliges us to does not lapse by that. It is done again later and later, at last once a day,
 * until it is done. Where not even this can be written down, the log says so.
 */
export async function keepFailed({ database, log }: World, push: WechatPush, now: Date): Promise<'failed' | 'lost'> {
  try {
    await database.transaction((db) => keep(db, push, now));
    return 'failed';
  } catch (error) {
    log.error(
      { err: error, event: push.event },
      'a push has failed and is not kept: unless WeChat repeats it, it is lost',
    );
    return 'lost';
  }
}

async function keep(db: Db, push: WechatPush, now: Date): Promise<void> {
  const [id, { event, fields }] = [newId(now), push];
  try {
    await db.insert(FailedPush, [{ id, pushId: identityOf(push), event, at: now, text: JSON.stringify(fields) }]);
  } catch (error) {
    if (isDuplicate(error)) return; // WeChat has repeated it, and it has failed again
    throw error;
  }
  const at = new Date(now.getTime() + firstPause);
  await db.insert(DueWork, [
    {
      ...{ thingId: id, kind: dueKind, aggregateId: id, townId: null, clock: 'always', limitMinutes: 0 },
      ...{ usedMinutes: 0, dueAt: at, nextAt: at, rung: 0, attempts: 0 },
    },
  ]);
}

/** Done meanwhile, by a repeat of WeChat's, it is only crossed out. */
export const failedPushDueWork = (handlers: readonly PushHandler[]): Readonly<Record<string, DueHandler>> => ({
  [dueKind]: async (db, { thingId }, now, reference) => {
    const [row] = await db.query<{ text: never }>('SELECT text_sealed AS text FROM wechat_push_failed WHERE id = ?', [
      thingId,
    ]);
    if (!row) return null;
    await takePush({ db, reference, now }, readPush(db.vault.open('failedPush.text', row.text)), handlers);
    await db.write('DELETE FROM wechat_push_failed WHERE id = ?', [thingId]);
    return null;
  },
});

/** How many wait to be done, and since when the oldest does. */
export async function failedPushes(reading: Reading): Promise<{ count: number; since: Date | null }> {
  const [row] = await reading.query<{ count: string; since: Date | null }>(
    'SELECT COUNT(*) AS count, MIN(at) AS since FROM wechat_push_failed',
  );
  return { count: Number(row?.count), since: row?.since ?? null };
}
