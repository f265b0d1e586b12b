import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 电话通知单: whom the village rings because no message reaches him. */
export class CallNotes1765832000000 implements MigrationInterface {
  name = 'CallNotes1765832000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS call_note (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      order_id CHAR(26) ${ascii} NOT NULL,
      event_id CHAR(26) ${ascii} NOT NULL,
      reason VARCHAR(10) ${ascii} NOT NULL,
      state VARCHAR(10) ${ascii} NOT NULL,
      since DATETIME(3) NOT NULL,
      next_at DATETIME(3) NOT NULL,
      tries INT NOT NULL DEFAULT 0,
      settled_at DATETIME(3) NULL,
      settled_by_id CHAR(26) ${ascii} NULL,
      words VARCHAR(200) NULL,
      UNIQUE KEY call_note_once (event_id),
      KEY call_note_order (order_id),
      KEY call_note_waiting (state, next_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_note');
  }
}
