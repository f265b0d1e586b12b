import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = (name: string, nullable = false) =>
  `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const text = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) ${nullable ? 'NULL' : 'NOT NULL'}`;
const time = (name: string, nullable = false) => `${name} DATETIME(3) ${nullable ? 'NULL' : 'NOT NULL'}`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const up = [
  // Why a post has no end, why it ended; 代理: for whom, and by which of his posts.
  `ALTER TABLE role_grant
     ADD COLUMN ${text('open_reason', 200, true)}, ADD COLUMN ${text('end_reason', 200, true)},
     ADD COLUMN ${id('ended_by_id', true)}, ADD COLUMN ${id('behalf_of_id', true)}, ADD COLUMN ${id('behalf_post_id', true)},
     ADD KEY role_grant_behalf (behalf_post_id)`,
  // How long somebody will have been away: a vacancy is counted by that.
  `ALTER TABLE person ADD COLUMN ${time('away_since', true)}`,
  // What a closed node's things are found under from then on.
  `ALTER TABLE grid ADD COLUMN ${id('successor_id', true)}`,
  `ALTER TABLE party_organization ADD COLUMN ${id('successor_id', true)}`,
  `ALTER TABLE party_grid ADD COLUMN ${time('starts_at', true)}`,
  // 按下单当天的网格统计 (domain.md §7): where the order lay when it was placed; null where its grid has not moved since.
  `ALTER TABLE service_order
     ADD COLUMN ${id('placed_town_id', true)}, ADD COLUMN ${id('placed_village_id', true)}, ADD COLUMN ${id('placed_group_id', true)},
     ADD KEY service_order_placed_town (placed_town_id), ADD KEY service_order_placed_village (placed_village_id),
     ADD KEY service_order_placed_group (placed_group_id)`,
  table(
    'tree_change',
    `${id('id')} PRIMARY KEY`,
    code('tree', 10),
    id('node_id'),
    code('kind', 15),
    code('state', 10),
    'asked JSON NOT NULL',
    '`before` JSON NULL',
    '`after` JSON NULL',
    text('reason', 200),
    code('since_day', 10, true),
    time('effective_at'),
    id('by_id'),
    text('by_name', 90),
    code('by_role', 30),
    time('at'),
    time('applied_at', true),
    code('trouble', 60, true),
    'moved INT NOT NULL DEFAULT 0',
    time('moved_at', true),
    'KEY tree_change_node (node_id, at)',
  ),
  table(
    'handover',
    `${id('id')} PRIMARY KEY`,
    code('tree', 10),
    id('node_id'),
    code('kind', 15),
    code('state', 10),
    // 1 while it is prepared, then null: one at a time for a node.
    'is_open TINYINT NULL',
    'plan JSON NOT NULL',
    'done JSON NULL',
    text('words', 200, true),
    time('effective_at'),
    id('by_id'),
    text('by_name', 90),
    time('at'),
    time('applied_at', true),
    time('undone_at', true),
    id('undone_by_id', true),
    'KEY handover_node (node_id, at)',
    'UNIQUE KEY handover_open (node_id, is_open)',
  ),
];

const down = [
  'DROP TABLE handover',
  'DROP TABLE tree_change',
  `ALTER TABLE service_order DROP KEY service_order_placed_town, DROP KEY service_order_placed_village, DROP KEY service_order_placed_group,
     DROP COLUMN placed_town_id, DROP COLUMN placed_village_id, DROP COLUMN placed_group_id`,
  'ALTER TABLE party_grid DROP COLUMN starts_at',
  'ALTER TABLE party_organization DROP COLUMN successor_id',
  'ALTER TABLE grid DROP COLUMN successor_id',
  'ALTER TABLE person DROP COLUMN away_since',
  `ALTER TABLE role_grant DROP KEY role_grant_behalf, DROP COLUMN open_reason, DROP COLUMN end_reason, DROP COLUMN ended_by_id,
     DROP COLUMN behalf_of_id, DROP COLUMN behalf_post_id`,
];

/** 网格和党组织的变动、任职、代理、换届 (domain.md §7). */
export class TreesAndPosts1765530000000 implements MigrationInterface {
  name = 'TreesAndPosts1765530000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
