import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = (name: string, nullable = false) =>
  `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number) =>
  `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`;
const count = (name: string) => `${name} INT NOT NULL DEFAULT 0`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const statements = [
  table(
    'commitment_import',
    `${id('id')} PRIMARY KEY`,
    id('round_id'),
    id('importer_id'),
    code('state', 10),
    'content_hash BINARY(32) NOT NULL',
    count('row_count'),
    count('good'),
    count('warned'),
    count('known'),
    count('faulty'),
    count('rows_done'),
    'at DATETIME(3) NOT NULL',
    'touched_at DATETIME(3) NULL',
    'applied_at DATETIME(3) NULL',
    'KEY commitment_import_at (at)',
    "CONSTRAINT commitment_import_state CHECK (state IN ('ready', 'applying', 'applied'))",
  ),
  table(
    'commitment_import_row',
    id('import_id'),
    'number INT NOT NULL',
    'cells JSON NOT NULL',
    code('standing', 10),
    'faults JSON NOT NULL',
    'hints JSON NOT NULL',
    id('commitment_id', true),
    'PRIMARY KEY (import_id, number)',
    'KEY commitment_import_row_standing (import_id, standing, number)',
    "CONSTRAINT commitment_import_row_standing CHECK (standing IN ('good', 'warned', 'known', 'faulty'))",
    'CONSTRAINT commitment_import_row_of FOREIGN KEY (import_id) REFERENCES commitment_import (id) ON DELETE CASCADE',
  ),
];

/** 导入承诺: what was read from a file, row by row, until it is imported or forgotten. */
export class CommitmentImports1765000000000 implements MigrationInterface {
  name = 'CommitmentImports1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
