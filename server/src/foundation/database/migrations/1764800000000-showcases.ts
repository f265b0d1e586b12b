import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = (name: string, nullable = false) =>
  `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number) =>
  `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const statements = [
  table(
    'showcase',
    `${id('id')} PRIMARY KEY`,
    id('round_id'),
    id('organization_id'),
    id('town_id'),
    'title VARCHAR(40) NOT NULL',
    code('held_on', 10),
    code('state', 20),
    code('stage', 10),
    'version INT NOT NULL DEFAULT 1',
    'criteria JSON NOT NULL',
    'resident_share SMALLINT NOT NULL',
    'results JSON NULL',
    id('set_by_id'),
    'set_at DATETIME(3) NOT NULL',
    id('finished_by_id', true),
    id('signed_by_id', true),
    'signed_by VARCHAR(40) NULL',
    'signed_at DATETIME(3) NULL',
    'fingerprint BINARY(32) NOT NULL',
    'KEY showcase_town (town_id, set_at, id)',
    "CONSTRAINT showcase_state CHECK (state IN ('preparing', 'scoring', 'counted', 'signed', 'cancelled'))",
    'CONSTRAINT showcase_of_round FOREIGN KEY (round_id) REFERENCES commitment_round (id)',
  ),
  table(
    'showcase_contestant',
    id('showcase_id'),
    id('organization_id'),
    'position SMALLINT NOT NULL',
    'PRIMARY KEY (showcase_id, organization_id)',
  ),
  table(
    'showcase_judge',
    id('showcase_id'),
    id('person_id'),
    'PRIMARY KEY (showcase_id, person_id)',
    'KEY showcase_judge_person (person_id)',
  ),
  table(
    'showcase_score',
    id('showcase_id'),
    id('judge_id'),
    id('organization_id'),
    'marks JSON NOT NULL',
    'at DATETIME(3) NOT NULL',
    'PRIMARY KEY (showcase_id, judge_id, organization_id)',
  ),
];

/** 打擂比武: contestants, judges, their marks, the signed result. */
export class Showcases1764800000000 implements MigrationInterface {
  name = 'Showcases1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A signed result is not dropped');
  }
}
