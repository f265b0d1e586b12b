import { join } from 'node:path';
import { importLimits } from '@sandan/shared/commitments/import.words';
import { sweepErased, sweepLoose, sweepOrphans, sweepUploads } from './foundation/photos/sweep';
import { noteErasures } from './foundation/backup/erasure-list';
import { readKeyRing } from './foundation/personal-data/key-ring';
import { rosterLimits } from '@sandan/shared/people/roster.words';
import type { Db } from './foundation/database/connect';
import type { World } from './foundation/http/world';
import { messagesKeptDays } from './rooms/messages/messages.service';
import { settleOutdated } from './rooms/orders/calls.reactions';

const day = 24 * 60 * 60_000;
/** Deliveries and events that are done need not be kept for ever; history itself is. */
const deliveriesKept = 30 * day;
/** Whom WeChat was told what of, for questions that come late; what the inbox holds stays. */
const wechatKept = 90 * day;

/**
 * What nobody needs any more goes: expired sessions, old failures of sign-in, finished deliveries, uploads that no order
 * took. One process at a time does it (GET_LOCK); repeating it does no harm. Returns what went, for the log.
 */
export async function keepHouse(world: World): Promise<Record<string, number> | null> {
  const { database, files, clock, config } = world;
  const now = new Date(clock.now());
  return database.alone('housekeeping', async () => ({
    ...(await database.transaction(async (db) => ({
      sessions: await db.write('DELETE FROM session WHERE expires_at < ? OR revoked_at < ? LIMIT 5000', [
        now,
        new Date(now.getTime() - 7 * day),
      ]),
      failures: await db.write('DELETE FROM sign_in_failure WHERE at < ? LIMIT 5000', [new Date(now.getTime() - day)]),
      desktopSignIns: await db.write('DELETE FROM desktop_sign_in WHERE asked_at < ? LIMIT 20000', [
        new Date(now.getTime() - day),
      ]),
      connections: await db.write('DELETE FROM phone_connection WHERE asked_at < ? LIMIT 5000', [
        new Date(now.getTime() - day),
      ]),
      // The verdict stands in its check; a push that belongs to none is of a picture asked about anew.
      mediaVerdicts: await db.write('DELETE FROM media_verdict WHERE at < ? LIMIT 20000', [
        new Date(now.getTime() - day),
      ]),
      signInLinks: await db.write('DELETE FROM sign_in_link WHERE expires_at < ? LIMIT 5000', [
        new Date(now.getTime() - day),
      ]),
      liveTickets: await db.write('DELETE FROM live_ticket WHERE expires_at < ? LIMIT 50000', [now]),
      // What was read from a sheet has done its service; the deeds themselves stay.
      imports: await db.write('DELETE FROM commitment_import WHERE at < ? LIMIT 20', [
        new Date(now.getTime() - importLimits.days * day),
      ]),
      // What an office has uploaded and never imported is not kept; the record that it did so is.
      rosters: await db.write(
        `UPDATE roster_import SET state = 'cancelled' WHERE at < ? AND state IN ('reading', 'checking', 'ready')`,
        [new Date(now.getTime() - rosterLimits.days * day)],
      ),
      rosterRows: await forgetLapsed(db, 'roster_row'),
      rosterUnits: await forgetLapsed(db, 'roster_unit'),
      // Longer than a repeated one would still be fresh (wechat/pushes.service.ts).
      pushes: await db.write('DELETE FROM wechat_push WHERE at < ? LIMIT 20000', [new Date(now.getTime() - day)]),
      wechatTally: await db.write('DELETE FROM wechat_tally WHERE hour < ? LIMIT 20000', [
        new Date(now.getTime() - 8 * day),
      ]),
      messages: await db.write('DELETE FROM message WHERE at < ? LIMIT 20000', [
        new Date(now.getTime() - messagesKeptDays * day),
      ]),
      calls: await settleOutdated(db, now),
      deliveries: await db.write('DELETE FROM outbox_delivery WHERE done_at < ? LIMIT 20000', [
        new Date(now.getTime() - deliveriesKept),
      ]),
      wechatMessages: await db.write('DELETE FROM wechat_message WHERE ended_at < ? LIMIT 20000', [
        new Date(now.getTime() - wechatKept),
      ]),
      // Of templates that nobody has mended.
      wechatNeverSent: await db.write(
        "DELETE FROM wechat_message WHERE state = 'waiting' AND expires_at < ? LIMIT 20000",
        [new Date(now.getTime() - day)],
      ),
      subscriptionReports: await db.write('DELETE FROM subscription_report WHERE at < ? LIMIT 20000', [
        new Date(now.getTime() - wechatKept),
      ]),
    }))),
    loose: await sweepLoose(database, files, now),
    orphans: await sweepOrphans(database, files, now),
    erased: await sweepErased(database, files),
    uploads: await sweepUploads(join(config.dataDir, 'uploads')),
  }));
}

/** 注销名单: beside the backups, so that a restore knows of it. Nothing was erased nearly always, so it costs one look. */
export const listErasures = ({ database, config }: Pick<World, 'database' | 'config'>): Promise<number> =>
  noteErasures(database, () => readKeyRing(config.keysFile), config.backupDir);

/** Rows of imports that have ended, however they did; a process that was killed then has left them. */
const forgetLapsed = (db: Db, table: 'roster_row' | 'roster_unit'): Promise<number> =>
  db.write(
    `DELETE FROM ${table} WHERE import_id IN (SELECT id FROM roster_import WHERE state IN ('applied', 'failed', 'cancelled'))
     LIMIT 20000`,
  );
