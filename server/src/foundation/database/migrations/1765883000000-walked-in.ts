import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 没报名、直接来的: who is noted by mistake leaves the list again, and the list says who had signed up. */
export class WalkedIn1765883000000 implements MigrationInterface {
  name = 'WalkedIn1765883000000';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('activity_person', 'walked_in')))
      await runner.query('ALTER TABLE activity_person ADD COLUMN walked_in TINYINT NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE activity_person DROP COLUMN walked_in');
  }
}
