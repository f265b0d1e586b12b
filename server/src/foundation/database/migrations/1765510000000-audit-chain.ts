import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const created = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/**
 * The audit becomes a chain: entries are numbered as they come (those of before in the order of their time), and a link
 * is hung on each. Entries of before have no town and are seen by the county's auditor alone.
 */
export class AuditChain1765510000000 implements MigrationInterface {
  name = 'AuditChain1765510000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE audit_entry ADD COLUMN town_id CHAR(26) ${ascii} NULL AFTER thing_id,
      ADD COLUMN number BIGINT UNSIGNED NULL`);
    await runner.query('SET @audit_number = 0');
    await runner.query('UPDATE audit_entry SET number = (@audit_number := @audit_number + 1) ORDER BY at, id');
    await runner.query(`ALTER TABLE audit_entry MODIFY number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
      ADD UNIQUE KEY audit_entry_number (number), ADD KEY audit_entry_town (town_id, at), ADD KEY audit_entry_act (act, at)`);
    await runner.query(`CREATE TABLE audit_seal (
      seq BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      entry_id CHAR(26) ${ascii} NOT NULL,
      hash BINARY(32) NOT NULL,
      UNIQUE KEY audit_seal_entry (entry_id)
    ) ${created}`);
    await runner.query(`CREATE TABLE audit_anchor (
      seq BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      hash BINARY(32) NOT NULL,
      at DATETIME(3) NOT NULL
    ) ${created}`);
    await runner.query(`CREATE TABLE audit_check (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      at DATETIME(3) NOT NULL,
      seq BIGINT UNSIGNED NOT NULL,
      hash BINARY(32) NOT NULL,
      entries INT NOT NULL,
      faults INT NOT NULL,
      KEY audit_check_at (at)
    ) ${created}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_check');
    await runner.query('DROP TABLE audit_anchor');
    await runner.query('DROP TABLE audit_seal');
    await runner.query(`ALTER TABLE audit_entry DROP KEY audit_entry_act, DROP KEY audit_entry_town,
      DROP KEY audit_entry_number, DROP COLUMN number, DROP COLUMN town_id`);
  }
}
