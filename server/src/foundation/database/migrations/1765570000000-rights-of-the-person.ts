import type { MigrationInterface, QueryRunner } from 'typeorm';
import { defaultNotice, defaultSummary } from '@sandan/shared/privacy/default-notice';
import { sealedPattern } from '../../personal-data/sealed-fields';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nullable = false) => `${name} CHAR(26) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const sealed = (table: string, name: string) =>
  `${name} VARCHAR(600) ${ascii} NULL, CONSTRAINT ${table}_${name} CHECK (${name} REGEXP '${sealedPattern}')`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const tables = {
  privacy_notice: table(
    'privacy_notice',
    `${id('id')} PRIMARY KEY`,
    'version INT NOT NULL',
    'sections JSON NOT NULL',
    'summary VARCHAR(300) NOT NULL',
    'effective_at DATETIME(3) NOT NULL',
    id('published_by_id', true),
    'published_at DATETIME(3) NOT NULL',
    'UNIQUE KEY privacy_notice_version (version)',
  ),
  consent: table(
    'consent',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    'notice_version INT NOT NULL',
    code('purpose', 30),
    'given TINYINT NOT NULL',
    code('channel', 20),
    id('by_id'),
    'at DATETIME(3) NOT NULL',
    'KEY consent_person (person_id, purpose, at)',
  ),
  export_subject: table(
    'export_subject',
    id('audit_id'),
    id('person_id'),
    'PRIMARY KEY (audit_id, person_id)',
    'KEY export_subject_person (person_id, audit_id)',
  ),
  correction: table(
    'correction',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    id('asked_by_id'),
    id('grid_id', true),
    code('field', 20),
    sealed('correction', 'before_sealed'),
    sealed('correction', 'after_sealed'),
    'words VARCHAR(200) NULL',
    code('state', 10),
    'asked_at DATETIME(3) NOT NULL',
    id('decided_by_id', true),
    'answer VARCHAR(200) NULL',
    'decided_at DATETIME(3) NULL',
    'KEY correction_person (person_id, asked_at)',
    'KEY correction_waiting (state, asked_at)',
  ),
  account_closing: table(
    'account_closing',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    code('reason', 20),
    'words VARCHAR(200) NULL',
    id('asked_by_id'),
    'asked_at DATETIME(3) NOT NULL',
    'due_at DATETIME(3) NOT NULL',
    code('state', 10),
    'is_open TINYINT NULL',
    'ended_at DATETIME(3) NULL',
    'UNIQUE KEY account_closing_open (person_id, is_open)',
    "CONSTRAINT account_closing_state CHECK (state IN ('waiting', 'erasing', 'erased', 'withdrawn', 'held'))",
  ),
  erased_file: table('erased_file', `${code('storage_key', 80)} PRIMARY KEY`, 'at DATETIME(3) NOT NULL'),
} as const;

/** Notice, consents, who was in an export, corrections, 注销. A run that was cut off goes on where it stopped. */
export class RightsOfThePerson1765570000000 implements MigrationInterface {
  name = 'RightsOfThePerson1765570000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, statement] of Object.entries(tables)) {
      if (!(await runner.hasTable(name))) await runner.query(statement);
    }
    await runner.query(
      `INSERT INTO privacy_notice (id, version, sections, summary, effective_at, published_at)
       SELECT ?, 1, ?, ?, '2026-01-01', UTC_TIMESTAMP(3) FROM (SELECT 1) one WHERE NOT EXISTS (SELECT 1 FROM privacy_notice)`,
      ['01K0000000000000000000PR1V', JSON.stringify(defaultNotice), defaultSummary],
    );
    if (!(await runner.hasColumn('person', 'agreed_notice')))
      await runner.query('ALTER TABLE person ADD COLUMN agreed_notice INT NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP COLUMN agreed_notice');
    for (const name of Object.keys(tables).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
