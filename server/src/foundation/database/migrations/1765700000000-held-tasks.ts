import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 换届: whoever has tasks in hand when his post ends is asked about each. A run that was cut off goes on. */
export class HeldTasks1765700000000 implements MigrationInterface {
  name = 'HeldTasks1765700000000';

  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('task_claim', 'asked_at')) return;
    await runner.query(`ALTER TABLE task_claim
      ADD COLUMN asked_at DATETIME(3) NULL,
      ADD COLUMN asked_in CHAR(26) ${ascii} NULL,
      ADD KEY task_claim_asked (asked_in)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE task_claim DROP KEY task_claim_asked, DROP COLUMN asked_in, DROP COLUMN asked_at');
  }
}
