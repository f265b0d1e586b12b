import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By table: what its lists are found and sorted by at county size; in each the primary key comes last by itself. */
const keys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  binding_request: {
    binding_request_county: 'county_id, stage, asked_at',
    binding_request_above_county: 'above_county_id, stage, asked_at',
    binding_request_above_town: 'above_town_id, stage, asked_at',
    binding_request_above_village: 'above_village_id, stage, asked_at',
    binding_request_above_group: 'above_group_id, stage, asked_at',
    binding_request_target: 'target_id, asked_at',
  },
  correction: { correction_grid: 'grid_id, state, asked_at' },
  handover: { handover_at: 'at', handover_place: 'tree, node_id' },
  household: { household_hub: 'is_hub, grid_id' },
  person: { person_guardian: 'guardian_id', person_home: 'home_organization_id', person_name: 'name' },
  role_grant: {
    role_grant_behalf_of: 'behalf_of_id',
    role_grant_ends: 'ends_at',
    role_grant_role: 'role, node_id',
  },
  // The first two: what follows when a village or a group is moved or merged.
  sweep_target: {
    sweep_target_village: 'village_id',
    sweep_target_group: 'group_id',
    sweep_target_place: 'sweep_id, grid_id',
  },
};

/** 县一级的清单: none of them reads more than it shows. A run that was cut off goes on where it stopped. */
export class CountyLists1765740000000 implements MigrationInterface {
  name = 'CountyLists1765740000000';

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
