import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nullable = false) => `${name} CHAR(26) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const count = (name: string) => `${name} INT NOT NULL DEFAULT 0`;
const content = (table: string) => [
  `content_sealed MEDIUMTEXT ${ascii} NOT NULL`,
  `CONSTRAINT ${table}_content_sealed CHECK (content_sealed REGEXP '${sealedPattern}')`,
];
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const statements = [
  table(
    'roster_import',
    `${id('id')} PRIMARY KEY`,
    code('kind', 20),
    id('importer_id'),
    id('grid_id'),
    code('state', 10),
    'options JSON NOT NULL',
    'content_hash BINARY(32) NOT NULL',
    'ignored JSON NULL',
    count('row_count'),
    count('done'),
    count('whole'),
    'counts JSON NULL',
    code('problem', 60, true),
    'problem_fields JSON NULL',
    'at DATETIME(3) NOT NULL',
    'touched_at DATETIME(3) NULL',
    'applied_at DATETIME(3) NULL',
    'KEY roster_import_at (at)',
    'KEY roster_import_importer (importer_id, at)',
    `CONSTRAINT roster_import_state CHECK
      (state IN ('reading', 'checking', 'ready', 'applying', 'applied', 'failed', 'cancelled'))`,
  ),
  table(
    'roster_row',
    `${id('id')} PRIMARY KEY`,
    id('import_id'),
    code('unit_key', 80),
    'number INT NOT NULL',
    'mark BINARY(32) NULL',
    ...content('roster_row'),
    'KEY roster_row_unit (import_id, unit_key, number)',
    'KEY roster_row_mark (import_id, mark)',
  ),
  table(
    'roster_unit',
    `${id('id')} PRIMARY KEY`,
    id('import_id'),
    code('unit_key', 80),
    'first_number INT NOT NULL',
    'row_count INT NOT NULL',
    code('standing', 10),
    id('thing_id', true),
    'fingerprint BINARY(32) NOT NULL',
    count('hints'),
    ...content('roster_unit'),
    'KEY roster_unit_key (import_id, unit_key)',
    'KEY roster_unit_standing (import_id, standing, first_number)',
    'KEY roster_unit_thing (import_id, thing_id)',
    "CONSTRAINT roster_unit_standing CHECK (standing IN ('added', 'changed', 'ended', 'unchanged', 'faulty'))",
  ),
];

/** 名册: what was read from a county's own lists, row by row and sealed, until it is imported or forgotten. */
export class Rosters1765550000000 implements MigrationInterface {
  name = 'Rosters1765550000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
