import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders closed under a deed count by themselves. Those closed so far were counted by hand. */
export class CountedOrders1765300000000 implements MigrationInterface {
  name = 'CountedOrders1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE commitment_order ADD COLUMN counted_at DATETIME(3) NULL');
    await runner.query(
      `UPDATE commitment_order k JOIN service_order o ON o.id = k.order_id SET k.counted_at = k.at WHERE o.stage = 'done'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE commitment_order DROP COLUMN counted_at');
  }
}
