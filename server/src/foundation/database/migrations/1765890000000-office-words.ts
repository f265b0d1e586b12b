import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 内容检查 of the words of an office: of 打擂 and of 排查 (0 others read them, 1 not before somebody has looked, 2 a person
 * has hidden them), and of the steps of an order, which were complained of under the name of what residents say.
 */
const tables = ['showcase', 'sweep'] as const;

export class OfficeWords1765890000000 implements MigrationInterface {
  name = 'OfficeWords1765890000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      if (!(await runner.hasColumn(table, 'held')))
        await runner.query(`ALTER TABLE ${table} ADD COLUMN held TINYINT NOT NULL DEFAULT 0`);
    await runner.query(`UPDATE content_check c JOIN history h ON h.id = c.thing_id SET c.field = 'order.officeStep'
      WHERE c.field = 'order.step' AND h.actor_role NOT IN ('resident', 'helper')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE content_check SET field = 'order.step' WHERE field = 'order.officeStep'");
    for (const table of tables) await runner.query(`ALTER TABLE ${table} DROP COLUMN held`);
  }
}
