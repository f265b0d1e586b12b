import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nullable = false) => `${name} CHAR(26) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number) => `${name} VARCHAR(${length}) ${ascii} NOT NULL`;
const words = (name: string, length: number) => `${name} VARCHAR(${length}) NOT NULL`;
const time = (name: string, nullable = false) => `${name} DATETIME(3) ${nullable ? 'NULL' : 'NOT NULL'}`;
const count = (name: string) => `${name} INT NOT NULL DEFAULT 0`;
const flag = (name: string) => `${name} TINYINT NOT NULL DEFAULT 0`;
const sealed = (name: string, length: number) => `${name} VARCHAR(${length}) ${ascii} NULL`;
const isSealed = (table: string, column: string) =>
  `CONSTRAINT ${table}_${column} CHECK (${column} REGEXP '${sealedPattern}')`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const tiers = [id('county_id', true), id('town_id', true), id('village_id', true), id('group_id', true)];

const statements = [
  table(
    'sweep',
    `${id('id')} PRIMARY KEY`,
    ...[code('kind', 10), words('title', 40), words('purpose', 200), words('ordered_by', 40)],
    ...[id('grid_id'), ...tiers],
    ...[code('state', 20), code('stage', 10), 'version INT NOT NULL'],
    ...[code('selected_by', 10), sealed('flags_sealed', 1200), 'listed JSON NOT NULL'],
    ...[flag('names_people'), 'questions JSON NOT NULL', 'places JSON NOT NULL', time('deadline')],
    ...[id('set_by_id'), time('set_at'), time('started_at', true), time('closed_at', true)],
    'fingerprint BINARY(32) NOT NULL',
    ...['town', 'village', 'group'].map((tier) => `KEY sweep_${tier} (${tier}_id, set_at, id)`),
    'KEY sweep_grid (grid_id, set_at, id)',
    isSealed('sweep', 'flags_sealed'),
    "CONSTRAINT sweep_kind CHECK (kind IN ('check', 'rollCall'))",
  ),
  table(
    'sweep_target',
    `${id('id')} PRIMARY KEY`,
    ...[id('sweep_id'), id('household_id'), id('grid_id'), ...tiers],
    ...[count('people'), id('holder_id', true), id('former_holder_id', true)],
    ...[code('state', 10), count('tries'), id('visit_id', true), time('visited_at', true), flag('late')],
    ...[count('people_met'), count('findings'), flag('additions'), count('orders'), 'version INT NOT NULL DEFAULT 1'],
    'UNIQUE KEY sweep_target_once (sweep_id, household_id)',
    'KEY sweep_target_holder (holder_id, sweep_id, state)',
    'KEY sweep_target_counts (sweep_id, village_id, group_id, state)',
    'KEY sweep_target_household (household_id)',
    "CONSTRAINT sweep_target_state CHECK (state IN ('todo', 'met', 'notHome', 'refused', 'notFound'))",
    'CONSTRAINT sweep_target_of FOREIGN KEY (sweep_id) REFERENCES sweep (id)',
  ),
  table(
    'sweep_visit',
    `${id('id')} PRIMARY KEY`,
    ...[id('sweep_id'), id('target_id'), id('by_id'), code('result', 10), time('visited_at'), time('recorded_at')],
    ...[flag('late'), 'people_met INT NULL', count('findings'), flag('additions')],
    ...[sealed('said_sealed', 12_000), 'fingerprint BINARY(32) NOT NULL'],
    'KEY sweep_visit_target (target_id, visited_at)',
    isSealed('sweep_visit', 'said_sealed'),
    'CONSTRAINT sweep_visit_of FOREIGN KEY (target_id) REFERENCES sweep_target (id)',
  ),
  table(
    'sweep_person',
    ...[id('target_id'), id('person_id'), id('sweep_id'), code('standing', 10), id('place_id', true)],
    ...[id('visit_id'), id('by_id'), time('visited_at')],
    'PRIMARY KEY (target_id, person_id)',
    'KEY sweep_person_standing (sweep_id, standing, place_id)',
    'CONSTRAINT sweep_person_of FOREIGN KEY (target_id) REFERENCES sweep_target (id)',
  ),
  table(
    'sweep_order',
    ...[`${id('order_id')} PRIMARY KEY`, id('target_id'), id('sweep_id')],
    ...[`question_id VARCHAR(20) ${ascii} NULL`, id('by_id'), time('at')],
    'KEY sweep_order_target (target_id)',
    'CONSTRAINT sweep_order_of FOREIGN KEY (target_id) REFERENCES sweep_target (id)',
  ),
  table(
    'sweep_reminder',
    ...[id('sweep_id'), id('holder_id'), code('day', 10), count('missing'), id('event_id')],
    'PRIMARY KEY (sweep_id, holder_id, day)',
    'KEY sweep_reminder_event (event_id)',
  ),
];

/** 入户排查 and 转移安置点名: what is asked at which doors, and what was found there. */
export class Sweeps1765560000000 implements MigrationInterface {
  name = 'Sweeps1765560000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
