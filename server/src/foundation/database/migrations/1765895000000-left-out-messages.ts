import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which of its messages a county does not send by WeChat; of those that stand it sends all. A run that was cut off goes on. */
export class LeftOutMessages1765895000000 implements MigrationInterface {
  name = 'LeftOutMessages1765895000000';

  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('message_template', 'left_out')) return;
    await runner.query(
      'ALTER TABLE message_template ADD COLUMN left_out JSON NOT NULL DEFAULT (JSON_ARRAY()) AFTER fields',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message_template DROP COLUMN left_out');
  }
}
