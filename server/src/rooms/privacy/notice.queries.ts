import type { NoticeSection } from '@sandan/shared/privacy/privacy.words';
import { fromJson, type Reading } from '../../foundation/database/connect';
import type { NoticeRule } from '../../foundation/reference/reference';

export interface StoredNotice extends NoticeRule {
  id: string;
  sections: readonly NoticeSection[];
  summary: string;
}

/** Newest first. */
export async function allNotices(reading: Reading): Promise<StoredNotice[]> {
  const rows = await reading.query<Omit<StoredNotice, 'sections'> & { sections: unknown }>(
    `SELECT id, version, sections, summary, effective_at AS effectiveAt FROM privacy_notice ORDER BY version DESC`,
  );
  return rows.map((row) => ({ ...row, sections: fromJson<NoticeSection[]>(row.sections) }));
}

/** What every request needs of them; newest first. */
export const noticeRules = (reading: Reading): Promise<NoticeRule[]> =>
  reading.query<NoticeRule>('SELECT version, effective_at AS effectiveAt FROM privacy_notice ORDER BY version DESC');
