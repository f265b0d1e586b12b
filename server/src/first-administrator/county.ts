import { chinaYear, startOfChinaDay } from '@sandan/shared/china-time';
import { chinaDays } from '../foundation/calendar/china-calendar';
import type { Db } from '../foundation/database/connect';
import { newId } from '../foundation/ids';
import { makeReadAnew } from '../foundation/reference/read-anew';
import { defaultCategories } from '../rooms/catalog/default-categories';
import { Category } from '../rooms/catalog/category.entity';
import { Grid } from '../rooms/grids/grid.entity';
import { CalendarDay } from '../rooms/settings/setting.entity';
import { CannotMake } from './cannot-make';

interface Named {
  name: string | undefined;
  code: string | undefined;
}

/** What a county stands on before anything is imported: its own node, the default categories, the working days. */
export async function foundCounty(db: Db, { name, code }: Named): Promise<{ id: string; name: string }> {
  if (!name || !code)
    throw new CannotMake(
      '数据库还是空的，请加上 --county-name 和 --county-code / the database is empty: name the county',
    );
  if (!/^\d{6}0{6}$/.test(code))
    throw new CannotMake('--county-code 是 12 位区划代码，后六位是 0 / 12 digits, the last six are 0');
  const id = newId();
  await db.insert(Grid, [{ id, parentId: null, tier: 'county', code, name, countyId: id }]);
  await makeReadAnew(db);
  await fillReference(db);
  return { id, name };
}

async function fillReference(db: Db): Promise<void> {
  const [row] = await db.query<{ categories: number; days: number }>(
    'SELECT (SELECT COUNT(*) FROM category) AS categories, (SELECT COUNT(*) FROM calendar_day) AS days',
  );
  if (Number(row?.categories) === 0) await db.insert(Category, defaultCategories);
  if (Number(row?.days) > 0) return;
  const year = chinaYear(Date.now());
  const days = chinaDays(year - 1, year + 1);
  await db.insert(
    CalendarDay,
    days.map((day) => ({ ...day, certain: day.certain ? 1 : 0, year: chinaYear(startOfChinaDay(day.day)) })),
  );
}
