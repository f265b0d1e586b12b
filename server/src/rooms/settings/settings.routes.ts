import type { ReplyOf } from '@sandan/shared/endpoint';
import { settingsApi } from '@sandan/shared/settings/settings.contract';
import { auditRules } from '../../foundation/audit/audit-rules';
import { calendarWarning } from '../../foundation/calendar/china-calendar';
import { implement } from '../../foundation/http/implement';
import { holidaysOf, saveHolidays } from './holidays.service';
import { closedPeriodsOf, knownCalendarYears, protectionSet, settingsOf, type StoredPeriod } from './settings.queries';
import {
  changeProtection,
  changeSettings,
  closePeriod,
  countyWithin,
  placesOf,
  settingChanges,
  townWithin,
} from './settings.service';

export const settingsRoutes = implement('settings', settingsApi, {
  places: async ({ caller }) => placesOf(caller),
  read: async ({ db, caller, params: { gridId }, now }) => {
    townWithin(caller, 'setting.read', gridId);
    const [settings, periods, years] = await Promise.all([
      settingsOf(db, gridId),
      closedPeriodsOf(db, gridId),
      knownCalendarYears(db),
    ]);
    return {
      settings,
      closedPeriods: periods.map(periodReply),
      calendarWarning: calendarWarning(now.getTime(), (year) => years.has(year)),
    };
  },
  change: async ({ db, caller, params, body }) => ({
    settings: await changeSettings(db, caller, params.gridId, body),
  }),
  closePeriod: async ({ db, caller, params, body }) => periodReply(await closePeriod(db, caller, params, body)),
  protection: async ({ db, caller, params: { gridId } }) => {
    countyWithin(caller, 'setting.read', gridId);
    const [rules, { keepDays }] = await Promise.all([protectionSet(db, gridId), auditRules(db, gridId)]);
    return { rules, auditKeepDays: keepDays };
  },
  changeProtection: async ({ db, caller, params, body }) => ({
    rules: await changeProtection(db, caller, params.gridId, body),
  }),
  holidays: ({ db, caller, params: { gridId, year } }) => {
    countyWithin(caller, 'setting.read', gridId);
    return holidaysOf(db, year);
  },
  saveHolidays: ({ db, caller, params, body }) => saveHolidays(db, caller, params, body),
  changes: async ({ db, caller, params }) => ({ items: await settingChanges(db, caller, params.gridId) }),
});

const periodReply = ({ id, name, from, to }: StoredPeriod): ReplyOf<typeof settingsApi.closePeriod> => ({
  id,
  name,
  from: from.toISOString(),
  to: to.toISOString(),
});
