import type { Database, Reading } from '../foundation/database/connect';
import { makeReadAnew } from '../foundation/reference/read-anew';
import type { Files } from '../foundation/world/files';

/** Children before what they point at. The audit stays: nobody may take anything out of it. */
const tables = [
  ...['activity_person', 'activity'],
  ...['handover', 'tree_change'],
  ...['sweep_reminder', 'sweep_order', 'sweep_person', 'sweep_visit', 'sweep_target', 'sweep'],
  ...['showcase_score', 'showcase_judge', 'showcase_contestant', 'showcase'],
  ...['commitment_import_row', 'commitment_import', 'roster_unit', 'roster_row', 'roster_import'],
  ...['commitment_rating', 'commitment_change', 'commitment_dispute', 'commitment_opinion', 'commitment_order'],
  ...['commitment_helper', 'commitment_version', 'commitment', 'commitment_debtor', 'commitment_reminder'],
  'commitment_round',
  ...['task_claim', 'task', 'order_party', 'order_subject', 'order_answer', 'order_reminder', 'supervision'],
  ...[
    'service_order',
    'history',
    'outbox_delivery',
    'due_work',
    'inspection_item',
    'inspection_draw',
    'message',
    'waiting_message',
    'call_note',
  ],
  ...['visit_order', 'visit_version', 'visit_reminder', 'visit_setting', 'visit', 'link_request'],
  ...['binding_request', 'care_relation', 'proxy_consent', 'household_event'],
  ...[
    'opinion',
    'content_complaint',
    'content_check',
    'media_verdict',
    'photo',
    'voice_note',
    'consent',
    'export_subject',
    'correction',
    'account_closing',
    'household_flag',
    'household_link',
    'household',
    'person_skill',
    'former_telling',
    'profile',
    'role_grant',
    'session',
    'live_ticket',
  ],
  ...['desktop_sign_in', 'phone_connection', 'sign_in_link', 'recovery_code', 'second_factor'],
  ...['wechat_message', 'subscription_report', 'subscription', 'message_template'],
  ...[
    'wechat_account',
    'sign_in_failure',
    'wechat_push',
    'wechat_push_failed',
    'wechat_tally',
    'person',
    'party_grid',
    'party_ancestor',
    'party_organization',
  ],
  ...['closed_period', 'calendar_day', 'category', 'setting', 'link'],
];

export type Filled = { state: 'empty' } | { state: 'demo'; firstDay: string } | { state: 'other' };

/** What the database holds: nothing, the demo town (its marker is written last), or somebody else's data. */
export async function whatIsThere(reading: Reading): Promise<Filled> {
  const [marker] = await reading.query<{ firstDay: string }>(
    `SELECT JSON_VALUE(value, '$.firstDay') AS firstDay FROM setting WHERE name = 'demo'`,
  );
  if (marker) return { state: 'demo', firstDay: marker.firstDay };
  const [other] = await reading.query<{ any: number }>(
    'SELECT EXISTS (SELECT 1 FROM grid) OR EXISTS (SELECT 1 FROM person) AS any',
  );
  return { state: Number(other?.any) === 1 ? 'other' : 'empty' };
}

/** Takes the demo town away again: rows in one transaction, then its drawings. */
export async function emptyDemoTown(database: Database, files: Files): Promise<void> {
  await database.transaction(async (db) => {
    for (const table of tables) await db.write(`DELETE FROM ${table}`);
    await db.write('UPDATE grid SET parent_id = NULL');
    await db.write('DELETE FROM grid');
    await makeReadAnew(db);
  });
  for await (const key of files.list('photos')) {
    if (/\/demo-\w+(\.thumb)?\.jpg$/.test(key)) await files.remove(key);
  }
}
