import { clockTime, type Span } from '@sandan/shared/china-time';
import { reviewLimits } from '@sandan/shared/reviews/review.words';
import { usualProtection, type ProtectionRules } from '@sandan/shared/settings/protection.words';
import { defaultHours, makeCalendar, type ClosedPeriod, type DayKind } from '@sandan/shared/working-time';
import type { AuditAct } from '@sandan/shared/audit/audit.words';
import { fromJson, type Reading } from '../../foundation/database/connect';
import type { TownRule } from '../../foundation/reference/reference';

/** As stored and sent: times of day as HH:MM. */
export interface StoredSettings {
  workHours: { from: string; to: string }[];
  daytime: { from: string; to: string };
  quietHours: { from: string; to: string };
  /** 汇总 of what is new at the desk and overdue, on workdays. */
  digestTimes: string[];
  inspectionPercent: number;
  dutyPhone: string | null;
  vacantAfterDays: number;
  reviewSamplePercent: number;
  complaintsToHide: number;
}

export const defaultSettings: StoredSettings = {
  workHours: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
  daytime: { from: '07:00', to: '21:00' },
  quietHours: { from: '21:00', to: '07:00' },
  digestTimes: ['08:00', '14:00'],
  inspectionPercent: 5,
  dutyPhone: null,
  vacantAfterDays: 14,
  reviewSamplePercent: reviewLimits.samplePercent,
  complaintsToHide: reviewLimits.complaintsToHide,
};

export interface StoredPeriod {
  id: string;
  gridId: string;
  name: string;
  from: Date;
  to: Date;
}

export async function settingsOf(reading: Reading, gridId: string): Promise<StoredSettings> {
  const [row] = await reading.query<{ value: unknown }>(
    "SELECT value FROM setting WHERE grid_id = ? AND name = 'town'",
    [gridId],
  );
  return row ? { ...defaultSettings, ...fromJson<Partial<StoredSettings>>(row.value) } : defaultSettings;
}

interface PeriodRow {
  id: string;
  grid_id: string;
  name: string;
  starts_at: Date;
  ends_at: Date;
}
const periodOf = (row: PeriodRow): StoredPeriod => ({
  ...{ id: row.id, gridId: row.grid_id, name: row.name },
  ...{ from: row.starts_at, to: row.ends_at },
});
const selectPeriods = 'SELECT id, grid_id, name, starts_at, ends_at FROM closed_period';

export async function closedPeriodsOf(reading: Reading, gridId?: string): Promise<StoredPeriod[]> {
  const rows = await reading.query<PeriodRow>(
    `${selectPeriods} ${gridId ? 'WHERE grid_id = ?' : ''} ORDER BY starts_at`,
    gridId ? [gridId] : [],
  );
  return rows.map(periodOf);
}

export async function closedPeriodById(reading: Reading, id: string): Promise<StoredPeriod | undefined> {
  const [row] = await reading.query<PeriodRow>(`${selectPeriods} WHERE id = ?`, [id]);
  return row && periodOf(row);
}

/** The years whose holidays somebody has announced or typed in. */
export async function knownCalendarYears(reading: Reading): Promise<ReadonlySet<number>> {
  const rows = await reading.query<{ year: number }>('SELECT DISTINCT year FROM calendar_day WHERE certain = 1');
  return new Set(rows.map(({ year }) => year));
}

/** Minutes after midnight of HH:MM. */
export const minuteOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return clockTime(Number(hours), Number(minutes));
};
const spanOf = ({ from, to }: { from: string; to: string }): Span => [minuteOf(from), minuteOf(to)];

/** The rule book of each town: calendar with its hours of work and closed days, and the rest of its settings. */
export async function townRules(reading: Reading): Promise<(townId: string | null) => TownRule> {
  const [dayRows, settingRows, periods] = await Promise.all([
    reading.query<{ day: number; kind: DayKind }>('SELECT day, kind FROM calendar_day'),
    reading.query<{ grid_id: string; value: unknown }>("SELECT grid_id, value FROM setting WHERE name = 'town'"),
    closedPeriodsOf(reading),
  ]);
  const days = new Map(dayRows.map(({ day, kind }) => [day, kind]));
  const stored = new Map(settingRows.map(({ grid_id, value }) => [grid_id, fromJson<Partial<StoredSettings>>(value)]));
  const ready = new Map<string | null, TownRule>();

  const make = (townId: string | null): TownRule => {
    const settings = { ...defaultSettings, ...(townId === null ? {} : stored.get(townId)) };
    const closed: ClosedPeriod[] = periods
      .filter(({ gridId }) => gridId === townId)
      .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }));
    const hours = { ...defaultHours, working: settings.workHours.map(spanOf), daytime: spanOf(settings.daytime) };
    return {
      calendar: makeCalendar({ days: (day) => days.get(day), hours, closed }),
      quiet: spanOf(settings.quietHours),
      digests: settings.digestTimes.map(minuteOf),
      inspectionPercent: settings.inspectionPercent,
      dutyPhone: settings.dutyPhone,
      vacantAfterDays: settings.vacantAfterDays,
      reviewSamplePercent: settings.reviewSamplePercent,
      complaintsToHide: settings.complaintsToHide,
    };
  };
  return (townId) => {
    const known = ready.get(townId) ?? make(townId);
    ready.set(townId, known);
    return known;
  };
}

/** As stored for one county; what somebody has not set is as usual. */
export async function protectionSet(reading: Reading, countyId: string): Promise<ProtectionRules> {
  const [row] = await reading.query<{ value: unknown }>(
    "SELECT value FROM setting WHERE grid_id = ? AND name = 'protection'",
    [countyId],
  );
  return row ? { ...usualProtection, ...fromJson<Partial<ProtectionRules>>(row.value) } : usualProtection;
}

/** 数据保护的数 of each county, for everybody's requests (foundation/access/protection.ts). */
export async function protectionRules(reading: Reading): Promise<(countyId: string | null) => ProtectionRules> {
  const [rows, counties] = await Promise.all([
    reading.query<{ gridId: string; value: unknown }>(
      "SELECT grid_id AS gridId, value FROM setting WHERE name = 'protection'",
    ),
    reading.query<{ id: string }>("SELECT id FROM grid WHERE tier = 'county' AND closed_at IS NULL LIMIT 2"),
  ]);
  const stored = new Map(
    rows.map(({ gridId, value }) => [gridId, { ...usualProtection, ...fromJson<Partial<ProtectionRules>>(value) }]),
  );
  const [only, another] = counties;
  const rulesOf = (countyId: string): ProtectionRules => stored.get(countyId) ?? usualProtection;
  const ofNobody = only && !another ? rulesOf(only.id) : usualProtection;
  return (countyId) => (countyId === null ? ofNobody : rulesOf(countyId));
}

export interface ChangeRow {
  id: string;
  at: Date;
  personName: string | null;
  act: AuditAct;
  facts: unknown;
}

const mostChanges = 20;

const settingActs = [
  ...(['changeSettings', 'closePeriod', 'changeVisitSettings', 'changeProtection', 'changeAuditRules'] as const),
  ...(['changeHolidays', 'changeTemplate'] as const),
] satisfies AuditAct[];

/** Who has changed the settings of a place, newest first. */
export const changesOf = (reading: Reading, gridId: string): Promise<ChangeRow[]> =>
  reading.query<ChangeRow>(
    `SELECT e.id, e.at, p.name AS personName, e.act, e.facts FROM audit_entry e LEFT JOIN person p ON p.id = e.person_id
     WHERE e.act IN (?) AND (e.thing_id = ? OR (e.town_id = ? AND e.act = 'closePeriod')) ORDER BY e.at DESC, e.id DESC LIMIT ${mostChanges}`,
    [settingActs, gridId, gridId],
  );
