import { chinaDate, chinaYear, dayOf, isWeekend, startOfChinaDay } from '@sandan/shared/china-time';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { settingsApi } from '@sandan/shared/settings/settings.contract';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { CalendarDay } from './setting.entity';
import { countyWithin, makeReadAnew } from './settings.service';

type Api = typeof settingsApi;
type Holidays = BodyOf<Api['saveHolidays']>;
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
    ...{ year, isKnown: rows.some(({ certain }) => certain === 1), holidays },
    workdays: rows.filter(({ kind }) => kind === 'work').map(({ day }) => dateOf(day)),
  };
}

/**
 * A year whole, as announced; it holds for orders that are placed from now on, running limits stay (domain.md §4). Throws
 * 404 for what is no county, 403, `request.bad-input` for days that are not of the year or no weekend.
 */
export async function saveHolidays(
  db: Db,
  caller: Caller,
  { gridId, year }: { gridId: string; year: number },
  judge: () => Holidays,
): Promise<ReplyOf<Api['holidays']>> {
  countyWithin(caller, 'setting.change', gridId);
  const rows = daysOf(year, judge());
  const thisYear = chinaYear(caller.now.getTime());
  if (Math.abs(year - thisYear) > 1) refuse('year', `只能填 ${thisYear - 1}—${thisYear + 1} 年`);
  const told = ({ day, kind, name }: Row): string => `${day} ${kind} ${name ?? ''}`;
  const before = (await rowsOf(db, year)).filter(({ certain }) => certain === 1);
  if (before.map(told).join() === rows.map(told).join()) return holidaysOf(db, year);
  await db.write('DELETE FROM calendar_day WHERE year = ?', [year]);
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

function daysOf(year: number, { holidays, workdays }: Holidays): CalendarDay[] {
  const about = { certain: 1, year };
  const rest = holidays.flatMap(({ name, from, to }, index): CalendarDay[] => {
    if (!from.startsWith(`${year}-`) || !to.startsWith(`${year}-`))
      refuse(`holidays.${index}.to`, `请填 ${year} 年里的日子`);
    const [first, last] = [numberOf(from), numberOf(to)];
    return Array.from({ length: last - first + 1 }, (_, each) => ({ ...about, day: first + each, kind: 'rest', name }));
  });
  const free = new Set(rest.map(({ day }) => day));
  if (free.size < rest.length) refuse('holidays', '有一天放了两次假，请核对');
  const work = [...new Set(workdays)].map((date): CalendarDay => {
    const day = numberOf(date);
    if (!date.startsWith(`${year}-`)) refuse('workdays', `请填 ${year} 年里的日子`);
    if (free.has(day)) refuse('workdays', `${date} 又放假又上班，请核对`);
    if (!isWeekend(day)) refuse('workdays', `${date} 本来就上班，只填调休要上班的周末`);
    return { ...about, day, kind: 'work', name: null };
  });
  return [...rest, ...work].sort((one, other) => one.day - other.day);
}
