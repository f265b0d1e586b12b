import { createHash } from 'node:crypto';
import { chinaDate, chinaYear, dayOf, isWeekend, startOfChinaDay } from '@sandan/shared/china-time';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { settingsApi } from '@sandan/shared/settings/settings.contract';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { CalendarDay } from './setting.entity';
import { countyWithin } from './settings.service';

type Api = typeof settingsApi;
type Saving = BodyOf<Api['saveHolidays']>;
type Holidays = Omit<Saving, 'readVersion'>;
type Row = Pick<CalendarDay, 'day' | 'kind' | 'name' | 'certain'>;

const rowsOf = (reading: Reading, year: number): Promise<Row[]> =>
  reading.query<Row>('SELECT day, kind, name, certain FROM calendar_day WHERE year = ? ORDER BY day', [year]);

const dateOf = (day: number): string => chinaDate(startOfChinaDay(day));
const numberOf = (date: string): number => {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number);
  return dayOf(year, month, day);
};

/** 放假安排 of one year, as the State Council announces it: holidays from–to, and the weekend days that are worked for them. */
export async function holidaysOf(reading: Reading, year: number): Promise<ReplyOf<Api['holidays']>> {
  const rows = await rowsOf(reading, year);
  const holidays: { name: string; from: string; to: string }[] = [];
  let last: Row | null = null;
  for (const row of rows.filter(({ kind }) => kind === 'rest')) {
    const open = holidays.at(-1);
    if (open && last?.day === row.day - 1 && last.name === row.name) open.to = dateOf(row.day);
    else holidays.push({ name: row.name ?? '放假', from: dateOf(row.day), to: dateOf(row.day) });
    last = row;
  }
  return {
    version: versionOf(rows),
    ...{ year, isKnown: rows.some(({ certain }) => certain === 1), holidays },
    workdays: rows.filter(({ kind }) => kind === 'work').map(({ day }) => dateOf(day)),
  };
}

const told = ({ day, kind, name, certain }: Row): string => `${day} ${kind} ${name ?? ''} ${certain}`;
const versionOf = (rows: readonly Row[]): string =>
  createHash('sha256').update(rows.map(told).join()).digest('hex').slice(0, 16);

/**
 * A year whole, as announced; it holds for orders that are placed from now on, running limits stay (domain.md §4). Throws
 * 404 for what is no county, 403, `request.bad-input` for days that are not of the year or no weekend,
 * `setting.changed-meanwhile` where somebody else has saved since the caller has read.
 */
export async function saveHolidays(
  db: Db,
  caller: Caller,
  { gridId, year }: { gridId: string; year: number },
  judge: () => Saving,
): Promise<ReplyOf<Api['holidays']>> {
  countyWithin(caller, 'setting.change', gridId);
  const { readVersion, ...announced } = judge();
  const rows = daysOf(year, announced);
  const thisYear = chinaYear(caller.now.getTime());
  if (Math.abs(year - thisYear) > 1) refuse('year', `只能填 ${thisYear - 1}—${thisYear + 1} 年`);
  // One after the other: by the row that every saved setting changes anyway.
  await db.query('SELECT version FROM tree WHERE id = 1 FOR UPDATE');
  const standing = versionOf(await rowsOf(db, year));
  if (standing === versionOf(rows)) return holidaysOf(db, year);
  if (standing !== readVersion) throw new Problem('setting.changed-meanwhile');
  await mustBeFree(db, year, rows);
  await db.write('DELETE FROM calendar_day WHERE year = ? OR day IN (?)', [year, rows.map(({ day }) => day)]);
  await db.insert(CalendarDay, rows);
  await makeReadAnew(db);
  const count = (wanted: CalendarDay['kind']): number => rows.filter(({ kind }) => kind === wanted).length;
  const facts = { year, restDays: count('rest'), workDays: count('work') };
  await recordAct(db, caller, 'changeHolidays', { thingId: gridId, townId: null, facts });
  return holidaysOf(db, year);
}

const refuse = (field: string, words: string): never => {
  throw new Problem('request.bad-input', { fields: { [field]: words } });
};

/** A day of the December before is taken over from that year's; one that next year's announcement has, stays with it. */
async function mustBeFree(db: Db, year: number, rows: readonly Row[]): Promise<void> {
  const [taken] = await db.query<{ day: number }>(
    'SELECT day FROM calendar_day WHERE year > ? AND day IN (?) LIMIT 1',
    [...[year, rows.map(({ day }) => day)]],
  );
  if (taken) refuse('holidays', `${dateOf(taken.day)} 已经写在 ${year + 1} 年的安排里`);
}

/**
 * Of the year, or of the days before New Year that its 元旦 begins with: 2022-12-31—2023-01-02 is one holiday of the
 * announcement for 2023, and so is a weekend worked for it. `year` of a day is that of its announcement.
 */
const isOf = (year: number, date: string): boolean => date >= `${year - 1}-12-24` && date <= `${year}-12-31`;
const notOf = (year: number, date: string): string =>
  date > `${year}-12-31`
    ? `跨过元旦的假期写在 ${year + 1} 年的安排里`
    : `请填 ${year} 年里的日子；元旦连着年前的，可以从 ${year - 1} 年 12 月 24 日填起`;

function daysOf(year: number, { holidays, workdays }: Holidays): CalendarDay[] {
  const about = { certain: 1, year };
  const rest = holidays.flatMap(({ name, from, to }, index): CalendarDay[] => {
    const outside = [from, to].find((date) => !isOf(year, date));
    if (outside) refuse(`holidays.${index}.to`, notOf(year, outside));
    const [first, last] = [numberOf(from), numberOf(to)];
    return Array.from({ length: last - first + 1 }, (_, each) => ({ ...about, day: first + each, kind: 'rest', name }));
  });
  const free = new Set(rest.map(({ day }) => day));
  if (free.size < rest.length) refuse('holidays', '有一天放了两次假，请核对');
  const work = [...new Set(workdays)].map((date): CalendarDay => {
    const day = numberOf(date);
    if (!isOf(year, date)) refuse('workdays', notOf(year, date));
    if (free.has(day)) refuse('workdays', `${date} 又放假又上班，请核对`);
    if (!isWeekend(day)) refuse('workdays', `${date} 本来就上班，只填调休要上班的周末`);
    return { ...about, day, kind: 'work', name: null };
  });
  return [...rest, ...work].sort((one, other) => one.day - other.day);
}
