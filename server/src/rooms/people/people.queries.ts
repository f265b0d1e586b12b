import type { HelperKind } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

/** What `me` needs beside the session: one round trip. */
export interface MeRow {
  door: Sealed | null;
  memberId: string | null;
  memberName: string | null;
  memberPhone: Sealed | null;
  memberAwayUntil: Date | null;
  memberKind: HelperKind | null;
  /** Counted to 99 only (decisions.md §2.3). */
  unread: number;
}

export async function meRow(reading: Reading, { personId, now }: Caller): Promise<MeRow> {
  const [row] = await reading.query<MeRow>(
    `SELECT h.door_sealed AS door, m.id AS memberId, m.name AS memberName, m.published_phone_sealed AS memberPhone,
            m.away_until AS memberAwayUntil,
            (SELECT g.kind FROM role_grant g WHERE g.person_id = m.id AND g.role = 'helper' AND g.starts_at <= ?
               AND (g.ends_at IS NULL OR g.ends_at > ?) ORDER BY g.id LIMIT 1) AS memberKind,
            (SELECT COUNT(*) FROM (SELECT 1 FROM message WHERE person_id = ? AND read_at IS NULL LIMIT 99) few) AS unread
     FROM person p
       LEFT JOIN household h ON h.id = p.household_id
       LEFT JOIN household_link l ON l.household_id = h.id AND l.starts_at <= ? AND (l.ends_at IS NULL OR l.ends_at > ?)
       LEFT JOIN person o ON o.id = l.member_id AND o.disabled_at IS NULL
       LEFT JOIN person m ON m.disabled_at IS NULL AND m.id = IF(l.stand_in_id IS NOT NULL AND o.away_until > ?, l.stand_in_id, o.id)
     WHERE p.id = ?
     ORDER BY m.id IS NULL, l.starts_at DESC LIMIT 1`,
    [now, now, personId, now, now, now, personId],
  );
  if (!row) throw new Error(`Person ${personId} has a session but no row`);
  return row;
}

/** One's own number and the one that residents see. */
export async function publishedPhoneOf(
  reading: Reading,
  personId: string,
): Promise<{ own: string | null; published: string | null }> {
  const [row] = await reading.query<{ own: Sealed | null; published: Sealed | null }>(
    'SELECT phone_sealed AS own, published_phone_sealed AS published FROM person WHERE id = ?',
    [personId],
  );
  return {
    own: reading.vault.open('person.phone', row?.own ?? null),
    published: reading.vault.open('person.publishedPhone', row?.published ?? null),
  };
}
