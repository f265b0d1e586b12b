import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import type { Caller } from '../../foundation/access/caller';
import { whereOf } from '../../foundation/access/rule-where';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import { deskListRule, orderSource } from './orders.policy';

export interface TodayRow {
  id: string;
  title: string;
  state: string;
  visibility: string;
  groupId: string | null;
  requesterId: string | null;
  contactName: string | null;
  contactPhone: Sealed | null;
  holder: string | null;
  dueAt: Date | null;
}

/** One after the other as the desk works; what is overdue stands in its own section only. */
export const todaySections = ['toStudy', 'toDispatch', 'toVerify', 'dueToday', 'overdue'] as const;
export type TodaySection = (typeof todaySections)[number];

const onTime = '(o.due_at IS NULL OR o.due_at >= ?)';
const conditions: Readonly<Record<TodaySection, string>> = {
  toStudy: `o.state = 'placed' AND ${onTime}`,
  toDispatch: `o.state = 'accepted' AND ${onTime}`,
  toVerify: `o.state = 'checking' AND ${onTime}`,
  dueToday: "o.state IN ('dispatched', 'handling', 'inReview') AND o.due_at >= ? AND o.due_at < ?",
  overdue: "o.stage IN ('open', 'working') AND o.due_at < ?",
};

/** The orders of one desk, in one section of its day, what is due first at the top. */
export function todayOf(
  reading: Reading,
  caller: Caller,
  deskGridId: string,
  section: TodaySection,
  limit: number,
): Promise<TodayRow[]> {
  const { now } = caller;
  const rule = whereOf(deskListRule, caller, orderSource);
  const midnight = new Date(startOfChinaDay(chinaDay(now.getTime()) + 1));
  return reading.query<TodayRow>(
    `SELECT o.id, o.title, o.state, o.visibility, o.group_id AS groupId, o.requester_id AS requesterId,
       o.contact_name AS contactName, o.contact_phone_sealed AS contactPhone, o.due_at AS dueAt,
       (SELECT p.name FROM task t JOIN person p ON p.id = t.lead_id WHERE t.order_id = o.id AND t.round = o.round
          AND t.state = 'claimed' ORDER BY t.claimed_at, t.id LIMIT 1) AS holder
     FROM service_order o WHERE o.desk_grid_id = ? AND ${conditions[section]} AND ${rule.sql}
     ORDER BY o.due_at IS NULL, o.due_at, o.id LIMIT ?`,
    [deskGridId, now, ...(section === 'dueToday' ? [midnight] : []), ...rule.values, limit],
  );
}
