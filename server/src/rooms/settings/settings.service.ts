import { newId } from '../../foundation/ids';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { AuditEntry } from '../../foundation/audit/audit-entry.entity';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import type { GridNode } from '../../foundation/reference/tree';
import { ClosedPeriod, Setting } from './setting.entity';
import { closedPeriodById, settingsOf, type StoredPeriod, type StoredSettings } from './settings.queries';

/** Settings hang on towns. Throws 404 for any other grid, 403 where the caller may not. */
export function townWithin(caller: Caller, permission: 'setting.read' | 'setting.change', gridId: string): GridNode {
  if (caller.reference.tree.grid(gridId)?.tier !== 'town') throw new Problem('grid.not-found');
  return gridWithin(caller, permission, gridId);
}

/**
 * The new version of the trees makes every process read the settings anew. Due times that are already running stay as
 * they were set (domain.md §4).
 */
export async function changeSettings(
  db: Db,
  caller: Caller,
  gridId: string,
  judge: () => StoredSettings,
): Promise<StoredSettings> {
  townWithin(caller, 'setting.change', gridId);
  const settings = judge();
  const before = await settingsOf(db, gridId);
  const changes = differences(before, settings);
  if (Object.keys(changes).length === 0) return before;
  await db.upsert(Setting, [{ gridId, name: 'town', value: settings }], ['value']);
  await recordChange(db, caller, 'changeSettings', gridId, changes);
  return settings;
}

/** Name → value before and after, of what differs. */
function differences(before: StoredSettings, after: StoredSettings): Record<string, unknown> {
  const names = Object.keys(after) as (keyof StoredSettings)[];
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(differing.map((name) => [name, [before[name], after[name]]]));
}

interface Period {
  name: string;
  from: string;
  to: string;
}

const year = 366 * 24 * 60 * 60_000;

/** 台风、灾情停办期: written once and corrected under the same id. */
export async function closePeriod(
  db: Db,
  caller: Caller,
  { gridId, periodId }: { gridId: string; periodId: string },
  judge: () => Period,
): Promise<StoredPeriod> {
  townWithin(caller, 'setting.change', gridId);
  const known = await closedPeriodById(db, periodId);
  if (known && known.gridId !== gridId) throw new Problem('setting.period-id-taken');
  const { name, ...given } = judge();
  const [from, to] = [new Date(given.from), new Date(given.to)];
  if (Math.abs(from.getTime() - caller.now.getTime()) > year) {
    throw new Problem('request.bad-input', { fields: { from: '请填一年以内的时间' } });
  }
  const period = { id: periodId, gridId, name, from, to };
  if (known && known.name === name && +known.from === +from && +known.to === +to) return known;
  const row = { id: periodId, gridId, name, startsAt: from, endsAt: to, byId: caller.personId };
  await db.upsert(ClosedPeriod, [row], ['name', 'startsAt', 'endsAt', 'byId']);
  await recordChange(db, caller, 'closePeriod', periodId, { name, from, to });
  await db.upsert(DueWork, [recount(periodId, gridId, caller.now)], ['nextAt', 'attempts', 'rung']);
  return period;
}

/** Rings at once: whoever keeps clocks counts those of the town anew. */
const recount = (thingId: string, townId: string, now: Date): Partial<DueWork> => ({
  ...{ thingId, kind: 'closedPeriod', aggregateId: townId, townId, clock: 'always' },
  ...{ limitMinutes: 0, usedMinutes: 0, nextAt: now, rung: 0, attempts: 0 },
});

async function recordChange(db: Db, caller: Caller, act: string, thingId: string, facts: Record<string, unknown>) {
  await db.write('UPDATE tree SET version = version + 1 WHERE id = 1');
  const { now: at, personId } = caller;
  await db.insert(AuditEntry, [{ id: newId(at), at, personId, act, thingId, facts }]);
}
