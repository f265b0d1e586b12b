import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE link ADD COLUMN revoked_at DATETIME(3) NULL',
  // The act that replaced the one before: a repeat of it finds its work done.
  'ALTER TABLE link ADD COLUMN made_in CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL',
  // One that is good for each thing; those that are not are kept, so that their finder is told so.
  'ALTER TABLE link ADD COLUMN is_good TINYINT GENERATED ALWAYS AS (IF(revoked_at IS NULL, 1, NULL)) STORED',
  'ALTER TABLE link DROP KEY link_thing, ADD UNIQUE KEY link_thing (what, thing_id, is_good)',
  'ALTER TABLE link ADD UNIQUE KEY link_made_in (made_in)',
];

/** 门牌码 that is lost or abused is replaced: the paper on the street leads nowhere from then on. */
export class ReplacedCodes1765850000000 implements MigrationInterface {
  name = 'ReplacedCodes1765850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Codes that were replaced would be good again');
  }
}
