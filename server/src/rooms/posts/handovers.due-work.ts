import type { DueHandler } from '../../foundation/due-work/due-work';
import { sweepUp } from './handover-steps';
import { applyHandover } from './handovers.service';
import { handoverById } from './handovers.queries';

/** Requests that began before have ended by then. */
const stragglers = 2 * 60_000;

/** 换届 at its time; a little later once more, for what was being done under the old posts. */
export const handoverDueWork: Readonly<Record<string, DueHandler>> = {
  handover: async (db, { thingId, rung }, now, reference) => {
    const row = await handoverById(db, thingId);
    if (row?.state === 'prepared') {
      await applyHandover(db, row, { now, reference });
      return { at: new Date(now.getTime() + stragglers), rung: rung + 1 };
    }
    if (row?.state !== 'applied' || row.done === null) return null;
    const { changed } = await sweepUp(db, row, now);
    if (changed.length > 0) {
      const done = { ...row.done, changed: [...row.done.changed, ...changed] };
      await db.write('UPDATE handover SET done = ? WHERE id = ?', [JSON.stringify(done), row.id]);
    }
    return null;
  },
};
