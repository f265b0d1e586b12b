import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * 消息: what a message is about for its reader, and when it came, which may be long after what it tells of: "all read"
 * means all that had come when the list was read.
 */
export class Inbox1765830000000 implements MigrationInterface {
  name = 'Inbox1765830000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message
      ADD COLUMN topic VARCHAR(12) ${ascii} NOT NULL DEFAULT 'system',
      ADD COLUMN arrived_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)`);
    await runner.query(`UPDATE message m LEFT JOIN service_order o ON m.about = 'order' AND o.id = m.about_id
      SET m.arrived_at = m.at, m.topic = CASE
        WHEN m.about IN ('task', 'visits', 'mySweep', 'myTasks') THEN 'tasks'
        WHEN m.about IN ('commitment', 'review', 'showcase') OR m.kind LIKE 'round.%' THEN 'promises'
        WHEN m.about = 'order' AND o.requester_id = m.person_id THEN 'orders'
        WHEN m.about IN ('order', 'links', 'overdue', 'checks', 'sweep') THEN 'desk'
        WHEN m.about IN ('binding', 'household', 'contacts') OR m.kind LIKE 'correction.%' THEN 'home'
        ELSE 'system' END`);
    await runner.query(`ALTER TABLE message
      DROP KEY message_unread, ADD KEY message_unread (person_id, read_at, topic),
      ADD KEY message_topic (person_id, topic, at, id), ADD KEY message_old (at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message DROP KEY message_unread, ADD KEY message_unread (person_id, read_at),
      DROP KEY message_topic, DROP KEY message_old, DROP COLUMN topic, DROP COLUMN arrived_at`);
  }
}
