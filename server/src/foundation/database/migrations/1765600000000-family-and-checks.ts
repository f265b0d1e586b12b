import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** 家里人核实: who of the house said no. 核对到期: a clock for every town in which something is noted of a house. */
export class FamilyAndChecks1765600000000 implements MigrationInterface {
  name = 'FamilyAndChecks1765600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE binding_request
         ADD COLUMN doubted_by_id CHAR(26) ${ascii} NULL, ADD COLUMN doubted_at DATETIME(3) NULL,
         ADD KEY binding_request_house (household_id, stage)`,
    );
    await runner.query(
      `INSERT INTO due_work (thing_id, kind, aggregate_id, town_id, clock, limit_minutes, used_minutes, next_at, rung, attempts)
       SELECT DISTINCT g.town_id, 'flagChecks', g.town_id, g.town_id, 'always', 0, 0, UTC_TIMESTAMP(3), 0, 0
       FROM household_flag f JOIN household h ON h.id = f.household_id JOIN grid g ON g.id = h.grid_id
       WHERE f.ended_at IS NULL AND g.town_id IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM due_work WHERE kind = 'flagChecks'");
    await runner.query(
      'ALTER TABLE binding_request DROP KEY binding_request_house, DROP COLUMN doubted_by_id, DROP COLUMN doubted_at',
    );
  }
}
