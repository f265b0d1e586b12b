import type { Reading } from '../../foundation/database/connect';

export interface TallyRow {
  name: string;
  outcome: string;
  errcode: number;
  /** Within the last day, and within the last hour or a little more. */
  times: number;
  inHour: number;
  lastAt: Date;
  rid: string | null;
  address: string | null;
}

const hour = 60 * 60_000;

/** Whole hours are counted: "the last hour" is the one that is running and the one before. */
export async function tallyOfDay(reading: Reading, now: Date): Promise<TallyRow[]> {
  const rows = await reading.query<Omit<TallyRow, 'times' | 'inHour'> & { times: string; inHour: string }>(
    `SELECT t.name, t.outcome, t.errcode, SUM(t.times) AS times, SUM(IF(t.hour > ?, t.times, 0)) AS inHour,
            MAX(t.last_at) AS lastAt,
            SUBSTRING_INDEX(GROUP_CONCAT(t.last_rid ORDER BY t.last_at DESC), ',', 1) AS rid,
            SUBSTRING_INDEX(GROUP_CONCAT(t.last_address ORDER BY t.last_at DESC), ',', 1) AS address
     FROM wechat_tally t WHERE t.hour > ? GROUP BY t.name, t.outcome, t.errcode ORDER BY lastAt DESC, t.errcode`,
    [new Date(now.getTime() - 2 * hour), new Date(now.getTime() - 24 * hour)],
  );
  return rows.map((row) => ({ ...row, times: Number(row.times), inHour: Number(row.inHour) }));
}

export async function tokenUntil(reading: Reading, appid: string): Promise<Date | null> {
  const [row] = await reading.query<{ renewAt: Date | null }>(
    'SELECT renew_at AS renewAt FROM wechat_token WHERE id = ?',
    [appid],
  );
  return row?.renewAt ?? null;
}

export async function punishmentsSince(reading: Reading, since: Date): Promise<number> {
  const [row] = await reading.query<{ count: string }>(
    "SELECT COALESCE(SUM(times), 0) AS count FROM wechat_tally WHERE hour > ? AND name = 'punishment'",
    [since],
  );
  return Number(row?.count);
}
