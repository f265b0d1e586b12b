import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Which pushes of WeChat have been taken; a run that was cut off goes on. */
export class WechatPushes1765810000000 implements MigrationInterface {
  name = 'WechatPushes1765810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS wechat_push (
      id VARCHAR(64) ${ascii} NOT NULL PRIMARY KEY,
      event VARCHAR(60) ${ascii} NOT NULL,
      at DATETIME(3) NOT NULL,
      KEY wechat_push_at (at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wechat_push');
  }
}
