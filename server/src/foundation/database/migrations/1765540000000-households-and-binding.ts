import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nullable = false) => `${name} CHAR(26) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const day = (name: string, nullable = false) => `${name} CHAR(10) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const text = (name: string, length: number) => `${name} VARCHAR(${length}) NULL`;
const time = (name: string, nullable = false) => `${name} DATETIME(3) ${nullable ? 'NULL' : 'NOT NULL'}`;
const oneOf = (name: string, column: string, values: string[]) =>
  `CONSTRAINT ${name} CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const tiers = (prefix: string) => ['county', 'town', 'village', 'group'].map((tier) => id(`${prefix}${tier}_id`, true));

const tables = [
  // One open request per person: `waiting_id` is the person while it waits and null after that.
  table(
    'binding_request',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    id('waiting_id', true),
    code('kind', 20),
    code('state', 20),
    code('stage', 10),
    'version INT NOT NULL',
    id('grid_id'),
    ...tiers(''),
    ...tiers('above_'),
    id('household_id', true),
    id('target_id', true),
    text('said_head', 40),
    `door_sealed VARCHAR(600) ${ascii} NULL`,
    code('proof', 20, true),
    id('confirmed_by_id', true),
    text('confirmed_by', 40),
    text('decision', 200),
    time('asked_at'),
    time('decided_at', true),
    'UNIQUE KEY binding_request_waiting (waiting_id)',
    'KEY binding_request_person (person_id, asked_at)',
    'KEY binding_request_village (village_id, stage, asked_at)',
    'KEY binding_request_town (town_id, stage, asked_at)',
    'KEY binding_request_group (group_id, stage, asked_at)',
    oneOf('binding_request_stage', 'stage', ['open', 'working', 'done', 'stopped']),
    `CONSTRAINT binding_request_door_sealed CHECK (door_sealed REGEXP '${sealedPattern}')`,
  ),
  table(
    'household_event',
    `${id('id')} PRIMARY KEY`,
    id('household_id'),
    id('person_id', true),
    code('kind', 20),
    day('happened_on'),
    id('other_household_id', true),
    id('by_id'),
    time('at'),
    'KEY household_event_household (household_id, at)',
    'KEY household_event_person (person_id, at)',
  ),
  // One relation of a carer and a household at a time: `open_mark` is 1 while it is asked for or stands.
  table(
    'care_relation',
    `${id('id')} PRIMARY KEY`,
    id('carer_id'),
    id('household_id'),
    code('state', 10),
    'open_mark TINYINT NULL',
    code('kinship', 20),
    id('agreed_by_id', true),
    id('ended_by_id', true),
    time('asked_at'),
    time('starts_at', true),
    time('ends_at', true),
    'UNIQUE KEY care_relation_open (carer_id, household_id, open_mark)',
    'KEY care_relation_household (household_id, state)',
    oneOf('care_relation_state', 'state', ['asked', 'agreed', 'refused', 'ended']),
  ),
  table(
    'proxy_consent',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    id('household_id', true),
    id('agent_id'),
    code('how', 20),
    day('starts_on'),
    day('ends_on'),
    id('recorded_by_id'),
    time('recorded_at'),
    id('revoked_by_id', true),
    time('revoked_at', true),
    'KEY proxy_consent_agent (agent_id, person_id)',
    'KEY proxy_consent_person (person_id)',
    'KEY proxy_consent_household (household_id)',
  ),
];
const added: readonly [table: string, column: string, definition: string][] = [
  ['person', 'bound_at', 'DATETIME(3) NULL'],
  ['household', 'hub_keeper_id', `CHAR(26) ${ascii} NULL`],
];

/** What a person has left behind is found by him: to be moved to who he turns out to be, shown to him, erased. */
const owners: readonly (readonly [table: string, column: string])[] = [
  ...[['photo', 'owner_id'] as const, ['voice_note', 'owner_id'] as const],
  ...[['order_answer', 'person_id'] as const, ['order_reminder', 'person_id'] as const],
  ...[['commitment_opinion', 'person_id'] as const, ['commitment_rating', 'person_id'] as const],
  ['commitment_dispute', 'person_id'],
  // 我照看的家, and who ordered for us.
  ['service_order', 'household_id'],
];

/** 绑定, 户, 照看, 代办: requests to be bound, what happened in a household, who cares for it, who acts for it. */
export class HouseholdsAndBinding1765540000000 implements MigrationInterface {
  name = 'HouseholdsAndBinding1765540000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
    for (const [name, column, definition] of added)
      await runner.query(`ALTER TABLE ${name} ADD COLUMN ${column} ${definition}`);
    for (const [name, column] of owners)
      await runner.query(`ALTER TABLE ${name} ADD KEY ${name}_by_${column} (${column})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, column] of owners) await runner.query(`ALTER TABLE ${name} DROP KEY ${name}_by_${column}`);
    for (const [name, column] of added) await runner.query(`ALTER TABLE ${name} DROP COLUMN ${column}`);
    for (const name of ['proxy_consent', 'care_relation', 'household_event', 'binding_request'])
      await runner.query(`DROP TABLE ${name}`);
  }
}
