import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** The access token of WeChat, one for all processes; a run that was cut off goes on. */
export class WechatToken1765800000000 implements MigrationInterface {
  name = 'WechatToken1765800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS wechat_token (
      id VARCHAR(32) ${ascii} NOT NULL PRIMARY KEY,
      token_sealed VARCHAR(1500) ${ascii} NULL,
      renew_at DATETIME(3) NULL,
      claimed_until DATETIME(3) NULL,
      CONSTRAINT wechat_token_token_sealed CHECK (token_sealed REGEXP '${sealedPattern}')
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wechat_token');
  }
}
