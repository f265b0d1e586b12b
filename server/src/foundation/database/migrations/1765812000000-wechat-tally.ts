import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** What passes between WeChat and us, by the hour; a run that was cut off goes on. */
export class WechatTally1765812000000 implements MigrationInterface {
  name = 'WechatTally1765812000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS wechat_tally (
      hour DATETIME(3) NOT NULL,
      name VARCHAR(40) ${ascii} NOT NULL,
      outcome VARCHAR(30) ${ascii} NOT NULL,
      errcode INT NOT NULL,
      times INT NOT NULL,
      last_at DATETIME(3) NOT NULL,
      last_rid VARCHAR(60) ${ascii} NULL,
      last_address VARCHAR(60) ${ascii} NULL,
      PRIMARY KEY (hour, name, outcome, errcode)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wechat_tally');
  }
}
