import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 屏蔽 of a member's public card, and of an activity: 0 others see it, 1 not before somebody has looked, 2 a person has hidden it. */
const flags = [['person', 'card_held'] as const, ['activity', 'held'] as const];

export class ShownOrHidden1765882000000 implements MigrationInterface {
  name = 'ShownOrHidden1765882000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of flags)
      if (!(await runner.hasColumn(table, column)))
        await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} TINYINT NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of flags) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
