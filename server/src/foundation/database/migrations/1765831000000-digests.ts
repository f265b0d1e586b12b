import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 汇总: what waits to be told with others in one message. */
export class Digests1765831000000 implements MigrationInterface {
  name = 'Digests1765831000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS waiting_message (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      person_id CHAR(26) ${ascii} NOT NULL,
      digest VARCHAR(10) ${ascii} NOT NULL,
      kind VARCHAR(40) ${ascii} NOT NULL,
      topic VARCHAR(12) ${ascii} NOT NULL,
      deed VARCHAR(60) NULL,
      about VARCHAR(10) ${ascii} NOT NULL,
      about_id CHAR(26) ${ascii} NOT NULL,
      thing_id CHAR(26) ${ascii} NOT NULL,
      event_id CHAR(26) ${ascii} NOT NULL,
      town_id CHAR(26) ${ascii} NULL,
      at DATETIME(3) NOT NULL,
      UNIQUE KEY waiting_message_once (event_id, person_id, digest),
      KEY waiting_message_person (person_id, digest, at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE waiting_message');
  }
}
