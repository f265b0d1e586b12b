import type { FactsOfDeeds } from '@sandan/shared/audit/audit-facts';
import { auditActs } from '@sandan/shared/audit/audit.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { protectionNames, type ProtectionRules } from '@sandan/shared/settings/protection.words';
import type { settingsApi } from '@sandan/shared/settings/settings.contract';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, gridWithin } from '../../foundation/access/reach';
import { factsInWords } from '../../foundation/audit/facts-words';
import { recordAct } from '../../foundation/audit/record-act';
import { fromJson, type Db, type Reading } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import type { GridNode, GridTier } from '../../foundation/reference/tree';
import { ClosedPeriod, Setting } from './setting.entity';
import {
  changesOf,
  closedPeriodById,
  minuteOf,
  protectionSet,
  settingsOf,
  type StoredPeriod,
  type StoredSettings,
} from './settings.queries';

/** The towns and counties whose settings the caller reads, each once. */
export function placesOf(caller: Caller): ReplyOf<typeof settingsApi.places> {
  const { tree } = caller.reference;
  const roots = gridsWith(caller, 'setting.read');
  const reached = (tier: GridTier) =>
    tree.grids
      .filter((grid) => grid.tier === tier && roots.some(({ id }) => tree.isWithin(grid.id, id)))
      .map(({ id, name }) => ({ gridId: id, name }));
  return {
    towns: reached('town'),
    counties: reached('county'),
    mayChange: gridsWith(caller, 'setting.change').length > 0,
  };
}

/** Rules of data protection hang on the county. Throws 404 for any other grid, 403 where the caller may not. */
export function countyWithin(caller: Caller, permission: 'setting.read' | 'setting.change', gridId: string): GridNode {
  if (caller.reference.tree.grid(gridId)?.tier !== 'county') throw new Problem('grid.not-found');
  return gridWithin(caller, permission, gridId);
}

/** 数据保护: holds from the next request on, for sessions that run and accounts of that county too. */
export async function changeProtection(
  db: Db,
  caller: Caller,
  gridId: string,
  judge: () => ProtectionRules,
): Promise<ProtectionRules> {
  countyWithin(caller, 'setting.change', gridId);
  const rules = judge();
  const before = await protectionSet(db, gridId);
  const changed = protectionNames.filter((name) => before[name] !== rules[name]);
  if (changed.length === 0) return before;
  await db.upsert(Setting, [{ gridId, name: 'protection', value: rules }], ['value']);
  await makeReadAnew(db);
  const numbers = (of: ProtectionRules) => Object.fromEntries(changed.map((name) => [name, [of[name]]]));
  const facts = { changed, before: numbers(before), after: numbers(rules) };
  await recordAct(db, caller, 'changeProtection', { thingId: gridId, townId: null, facts });
  return rules;
}

/** The latest changes of a place's settings, for whoever reads them. Throws `grid.not-found`, 403. */
export async function settingChanges(db: Reading, caller: Caller, gridId: string) {
  gridWithin(caller, 'setting.read', gridId);
  return (await changesOf(db, gridId)).map(({ id, at, personName, act, facts }) => ({
    ...{ id, at: at.toISOString(), by: personName ?? '已注销', actName: auditActs[act].name },
    facts: factsInWords(fromJson(facts)),
  }));
}

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
  const changed = differing(before, settings);
  if (changed.length === 0) return before;
  await db.upsert(Setting, [{ gridId, name: 'town', value: settings }], ['value']);
  await makeReadAnew(db);
  await recordAct(db, caller, 'changeSettings', {
    thingId: gridId,
    townId: gridId,
    facts: factsOf(changed, before, settings),
  });
  return settings;
}

const differing = (before: StoredSettings, after: StoredSettings): (keyof StoredSettings)[] =>
  (Object.keys(after) as (keyof StoredSettings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

/** The audit holds numbers, no words and no phones: minutes of the day, per cent. */
function factsOf(
  changed: readonly (keyof StoredSettings)[],
  before: StoredSettings,
  after: StoredSettings,
): FactsOfDeeds['changeSettings'] {
  const numbers = (settings: StoredSettings): Record<string, number[]> =>
    Object.fromEntries(changed.filter((name) => name !== 'dutyPhone').map((name) => [name, numbersIn(settings[name])]));
  return { changed, before: numbers(before), after: numbers(after) };
}

function numbersIn(value: StoredSettings[keyof StoredSettings]): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value === 'string') return [];
  const times = (Array.isArray(value) ? value : [value]).flatMap((each) =>
    typeof each === 'string' ? [each] : [each.from, each.to],
  );
  return times.map(minuteOf);
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
  await makeReadAnew(db);
  const facts = { fromAt: from.toISOString(), toAt: to.toISOString() };
  await recordAct(db, caller, 'closePeriod', { thingId: periodId, townId: gridId, facts });
  await db.upsert(DueWork, [recount(periodId, gridId, caller.now)], ['nextAt', 'attempts', 'rung']);
  return period;
}

/** Rings at once: whoever keeps clocks counts those of the town anew. */
const recount = (thingId: string, townId: string, now: Date): Partial<DueWork> => ({
  ...{ thingId, kind: 'closedPeriod', aggregateId: townId, townId, clock: 'always' },
  ...{ limitMinutes: 0, usedMinutes: 0, nextAt: now, rung: 0, attempts: 0 },
});
