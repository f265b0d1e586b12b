import type { Db } from '../../foundation/database/connect';
import { mergeProfile } from './profile.service';
import { keepFormer } from '../../foundation/personal-data/former-telling';

/** Whatever somebody who was on no roster may have left behind, by the column that names him. */
const owned: readonly (readonly [table: string, column: string])[] = [
  ...[['service_order', 'requester_id'] as const, ['service_order', 'beneficiary_id'] as const],
  ...[['order_answer', 'person_id'] as const, ['history', 'actor_id'] as const],
  ...[['photo', 'owner_id'] as const, ['voice_note', 'owner_id'] as const, ['opinion', 'person_id'] as const],
  ...[['session', 'person_id'] as const, ['wechat_account', 'person_id'] as const],
  ...[['binding_request', 'person_id'] as const, ['proxy_consent', 'person_id'] as const],
  ...[['consent', 'person_id'] as const, ['consent', 'by_id'] as const],
  ...[['correction', 'person_id'] as const, ['correction', 'asked_by_id'] as const],
  ...[['former_telling', 'person_id'] as const, ['subscription_report', 'person_id'] as const],
];

/** The same where one person has one row per thing: by what else stands in the unique key. */
const single: readonly (readonly [table: string, column: string, key: readonly string[]])[] = [
  ['message', 'person_id', ['event_id', 'kind']],
  ['wechat_message', 'person_id', ['template', 'once_key']],
  ['activity_person', 'person_id', ['activity_id']],
  ['order_party', 'person_id', ['order_id']],
  ['order_subject', 'person_id', ['order_id']],
  ['order_reminder', 'person_id', ['order_id', 'day']],
  ['commitment_opinion', 'person_id', ['commitment_id']],
  ['commitment_rating', 'person_id', ['commitment_id']],
  ['commitment_dispute', 'person_id', ['commitment_id', 'is_open']],
  ['care_relation', 'carer_id', ['household_id', 'open_mark']],
  ['export_subject', 'person_id', ['audit_id']],
  ['content_check', 'author_id', ['field', 'thing_id']],
  ['content_complaint', 'person_id', ['check_id']],
];

/**
 * Everything of the newcomer becomes the roster person's, in the transaction that binds them. One direct, atomic act over
 * the tables of other rooms: half of it would leave an order that its own requester cannot open. Where both have said the
 * same thing (我也是, a rating), the roster person's word stays. The newcomer's row stays empty, so that old ids lead nowhere.
 */
export async function mergePerson(db: Db, newcomerId: string, personId: string, now: Date): Promise<void> {
  // Whatever else he has asked to be is settled: confirmed later on, it would merge the roster person into another one.
  await db.write(
    `UPDATE binding_request SET state = 'withdrawn', stage = 'stopped', waiting_id = NULL, decided_at = ?,
       version = version + 1 WHERE person_id = ? AND stage IN ('open', 'working')`,
    [now, newcomerId],
  );
  // A second factor that the newcomer has made for himself proves nothing of whom he becomes.
  await db.write('UPDATE session SET proved_at = NULL WHERE person_id = ?', [newcomerId]);
  for (const [table, column, key] of single) {
    const same = key.map((each) => `kept.${each} = gone.${each}`).join(' AND ');
    await db.write(
      `DELETE gone FROM ${table} gone JOIN ${table} kept ON ${same} AND kept.${column} = ? WHERE gone.${column} = ?`,
      [personId, newcomerId],
    );
    await db.write(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, [personId, newcomerId]);
  }
  // Orders for himself are now those of his household: 回避 and the household page go by it.
  await db.write(
    `UPDATE service_order o JOIN person p ON p.id = ? SET o.household_id = p.household_id
     WHERE o.beneficiary_id = ? AND o.household_id IS NULL`,
    [personId, newcomerId],
  );
  await db.write('UPDATE history SET on_behalf_id = ? WHERE actor_id = ? AND on_behalf_id = ?', [
    ...[personId, newcomerId, newcomerId],
  ]);
  for (const [table, column] of owned)
    await db.write(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, [personId, newcomerId]);
  await mergeProfile(db, newcomerId, personId, now);
  await keepFormer(db, [personId], ['phone'], now);
  await db.write(
    `UPDATE person kept JOIN person gone ON gone.id = ? SET kept.large_type = GREATEST(kept.large_type, gone.large_type),
       kept.agreed_notice = GREATEST(kept.agreed_notice, gone.agreed_notice),
       kept.phone_sealed = COALESCE(gone.phone_sealed, kept.phone_sealed),
       kept.phone_index = COALESCE(gone.phone_index, kept.phone_index) WHERE kept.id = ?`,
    [newcomerId, personId],
  );
  await db.write('UPDATE person SET disabled_at = ?, phone_sealed = NULL, phone_index = NULL WHERE id = ?', [
    now,
    newcomerId,
  ]);
}
