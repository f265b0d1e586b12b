import { erasureSteps, runErasureStep } from '../../foundation/personal-data/erasure';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { blockingOf, closingById } from './closing.queries';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { AccountClosing } from './privacy.entity';
import { revokedDueWork } from './revoked-data';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * 注销, after the days to think again: one step per ring, each a transaction of its own; `rung` counts the steps that are
 * done, so that a worker that was cut off goes on where it stopped. What came into the person's hands meanwhile holds it up.
 * It is through when it stands in the list beside the backups (erasure-list.ts), by which a restore erases again.
 */
const erasePerson: DueHandler = async (db, row, now) => {
  const closing = await closingById(db, row.thingId);
  if (closing?.isOpen !== 1) return null;
  if (row.rung === 0 && !(await mayBegin(db, closing, now))) return { at: new Date(now.getTime() + day), rung: 0 };
  const step = erasureSteps[row.rung];
  if (step === undefined) {
    if (closing.listedAt === null) return { at: new Date(now.getTime() + minute), rung: row.rung };
    await finish(db, closing, now);
    return null;
  }
  await runErasureStep(db, closing.personId, step, now);
  if (step === 'doors') await tellLeft(db, closing.personId, row.townId, now);
  return { at: now, rung: row.rung + 1 };
};

/** His households are linked to nobody from now on: whoever arranges them hears of it. No name, no words. */
async function tellLeft(db: Db, personId: string, townId: string | null, now: Date): Promise<void> {
  const id = newId(now);
  await db.insert(History, [
    {
      ...{ id, thing: 'person', thingId: personId, aggregateId: id, seq: 1, townId, action: 'erase', at: now },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
      ...{ words: null, facts: null, fannedOutAt: null },
    },
  ]);
}

async function mayBegin(db: Db, { id, personId }: AccountClosing, now: Date): Promise<boolean> {
  const state = (await blockingOf(db, personId, now)).length > 0 ? 'held' : 'erasing';
  const moved = await db.write("UPDATE account_closing SET state = ? WHERE id = ? AND state IN ('waiting', 'held')", [
    ...[state, id],
  ]);
  return moved === 1 && state === 'erasing';
}

async function finish(db: Db, { id, personId, reason, askedById }: AccountClosing, now: Date): Promise<void> {
  await db.write("UPDATE account_closing SET state = 'erased', is_open = NULL, ended_at = ? WHERE id = ?", [now, id]);
  const facts = { closingId: id, why: reason, askedById };
  const doer = { personId: null, now, townId: null };
  await recordAct(db, doer, 'personErased', { thingId: personId, facts });
}

export const privacyDueWork: Readonly<Record<string, DueHandler>> = { erasePerson, ...revokedDueWork };
