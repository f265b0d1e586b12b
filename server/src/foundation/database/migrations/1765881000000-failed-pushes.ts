import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Pushes of WeChat that failed in our hands, until they are done; a run that was cut off goes on. */
export class FailedPushes1765881000000 implements MigrationInterface {
  name = 'FailedPushes1765881000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS wechat_push_failed (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      push_id VARCHAR(64) ${ascii} NOT NULL,
      event VARCHAR(60) ${ascii} NOT NULL,
      at DATETIME(3) NOT NULL,
      text_sealed MEDIUMTEXT ${ascii} NOT NULL,
      UNIQUE KEY wechat_push_failed_push (push_id),
      CONSTRAINT wechat_push_failed_text_sealed CHECK (text_sealed REGEXP '${sealedPattern}')
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wechat_push_failed');
  }
}
