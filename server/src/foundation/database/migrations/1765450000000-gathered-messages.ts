import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One message may stand for many deeds: how many it has gathered so far. */
export class GatheredMessages1765450000000 implements MigrationInterface {
  name = 'GatheredMessages1765450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message ADD COLUMN gathered INT NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN gathered');
  }
}
