import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * 注销: that an erasure stands in the list beside the backups; and what a person was called and reached by before, so
 * that an erasure finds it in what others wrote. A run that was cut off goes on.
 */
export class ErasuresTold1765720000000 implements MigrationInterface {
  name = 'ErasuresTold1765720000000';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('account_closing', 'listed_at')))
      await runner.query(`ALTER TABLE account_closing ADD COLUMN listed_at DATETIME(3) NULL,
        ADD KEY account_closing_listed (listed_at, state)`);
    await runner.query(`CREATE TABLE IF NOT EXISTS former_telling (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      person_id CHAR(26) ${ascii} NOT NULL,
      kind VARCHAR(10) ${ascii} NOT NULL,
      text_sealed VARCHAR(600) ${ascii} NOT NULL,
      at DATETIME(3) NOT NULL,
      KEY former_telling_person (person_id),
      CONSTRAINT former_telling_kind CHECK (kind IN ('name', 'number')),
      CONSTRAINT former_telling_text_sealed CHECK (text_sealed REGEXP '${sealedPattern}')
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE former_telling');
    await runner.query('ALTER TABLE account_closing DROP KEY account_closing_listed, DROP COLUMN listed_at');
  }
}
