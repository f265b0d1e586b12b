import type { BodyOf } from '@sandan/shared/endpoint';
import type { visitsApi } from '@sandan/shared/households/visits.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { recordAct } from '../../foundation/audit/record-act';
import { fromJson, type Db, type Reading } from '../../foundation/database/connect';
import { VisitSetting } from './visit.entity';

export type VisitSettings = BodyOf<(typeof visitsApi)['changeSettings']>;

export const defaultVisitSettings: VisitSettings = {
  everyMonths: 1,
  closeFlags: ['livesAlone', 'emptyNest', 'over80', 'disabledSevere', 'bedridden', 'leftBehindChild', 'relapseWatch'],
  linksFrom: 5,
  linksTo: 10,
};

/** Of a town; of none, the defaults. */
export async function visitSettingsOf(reading: Reading, townId: string | null): Promise<VisitSettings> {
  const [row] = await reading.query<{ value: unknown }>('SELECT value FROM visit_setting WHERE town_id = ?', [townId]);
  return row ? { ...defaultVisitSettings, ...fromJson<Partial<VisitSettings>>(row.value) } : defaultVisitSettings;
}

/** Settings hang on towns. Throws 404 for any other grid, 403 where the caller may not. */
export function visitTownWithin(caller: Caller, permission: 'setting.read' | 'setting.change', gridId: string): void {
  if (caller.reference.tree.grid(gridId)?.tier !== 'town') throw new Problem('grid.not-found');
  gridWithin(caller, permission, gridId);
}

/** What is due already stays due; the new rhythm begins with the next visit of each household. */
export async function changeVisitSettings(
  db: Db,
  caller: Caller,
  gridId: string,
  judge: () => VisitSettings,
): Promise<VisitSettings> {
  visitTownWithin(caller, 'setting.change', gridId);
  const settings = judge();
  const before = await visitSettingsOf(db, gridId);
  if (JSON.stringify(before) === JSON.stringify(settings)) return before;
  await db.upsert(VisitSetting, [{ townId: gridId, value: settings }], ['value']);
  const { everyMonths, closeFlags, linksFrom, linksTo } = settings;
  const facts = { everyMonths, closeFlags: closeFlags.length, linksFrom, linksTo };
  await recordAct(db, caller, 'changeVisitSettings', { thingId: gridId, townId: gridId, facts });
  return settings;
}
