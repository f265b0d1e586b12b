import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By table: where the search for households that find nobody begins, instead of walking through a county. */
const keys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  household_link: { household_link_ends: 'ends_at, household_id' },
  person: { person_away: 'away_until', person_disabled: 'disabled_at' },
};

/** 要有人代联系 at county size. A run that was cut off goes on where it stopped. */
export class CoveringKeys1765790000000 implements MigrationInterface {
  name = 'CoveringKeys1765790000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, added] of Object.entries(keys))
      for (const [name, columns] of Object.entries(added))
        if (!(await has(runner, table, name))) await runner.query(`ALTER TABLE ${table} ADD KEY ${name} (${columns})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, added] of Object.entries(keys))
      for (const name of Object.keys(added)) await runner.query(`ALTER TABLE ${table} DROP KEY ${name}`);
  }
}

const has = async (runner: QueryRunner, table: string, key: string): Promise<boolean> =>
  ((await runner.query(`SHOW INDEX FROM ${table} WHERE Key_name = '${key}'`)) as unknown[]).length > 0;
