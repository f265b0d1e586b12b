import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 连接手机; and for 每夜核对审计链 how far the round through the old links has come. A run that was cut off goes on. */
export class ConnectionsAndChecks1765620000000 implements MigrationInterface {
  name = 'ConnectionsAndChecks1765620000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS phone_connection (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      code_hash BINARY(32) NOT NULL,
      person_id CHAR(26) ${ascii} NOT NULL,
      session_id CHAR(26) ${ascii} NOT NULL,
      state VARCHAR(10) ${ascii} NOT NULL,
      browser VARCHAR(60) NOT NULL,
      network VARCHAR(45) NOT NULL,
      phone_person_id CHAR(26) ${ascii} NULL,
      check_digits VARCHAR(4) ${ascii} NULL,
      tries INT NOT NULL,
      asked_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      UNIQUE KEY phone_connection_code (code_hash),
      KEY phone_connection_person (person_id, asked_at),
      KEY phone_connection_session (session_id),
      KEY phone_connection_asked (asked_at),
      CONSTRAINT phone_connection_state CHECK (state IN ('waiting', 'confirmed', 'done', 'refused'))
    ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
    if (!(await runner.hasColumn('audit_check', 'round_seq')))
      await runner.query(`ALTER TABLE audit_check ADD COLUMN round_seq BIGINT UNSIGNED NULL,
        ADD COLUMN round_hash BINARY(32) NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_check DROP COLUMN round_hash, DROP COLUMN round_seq');
    await runner.query('DROP TABLE phone_connection');
  }
}
