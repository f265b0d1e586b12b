import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 头像和昵称, as the person chose them; kept from everybody else. */
export class Profiles1765870000000 implements MigrationInterface {
  name = 'Profiles1765870000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS profile (
      person_id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      nickname VARCHAR(20) NULL,
      picture_id CHAR(26) ${ascii} NULL,
      changed_at DATETIME(3) NOT NULL,
      CONSTRAINT profile_some CHECK (nickname IS NOT NULL OR picture_id IS NOT NULL)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE profile');
  }
}
