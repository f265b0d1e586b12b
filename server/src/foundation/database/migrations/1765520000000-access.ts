import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealedPattern } from '../../personal-data/sealed-fields';

const id = (name: string, nullable = false) =>
  `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const time = (name: string, nullable = false) => `${name} DATETIME(3) ${nullable ? 'NULL' : 'NOT NULL'}`;
const hash = (name: string) => `${name} BINARY(32) NOT NULL`;
const code = (name: string, length: number) =>
  `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`;
const sealed = (name: string) =>
  `${name} VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NULL CHECK (${name} REGEXP '${sealedPattern}')`;
const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const statements = [
  'ALTER TABLE session ADD COLUMN device VARCHAR(60) NULL, ADD COLUMN proved_at DATETIME(3) NULL',
  table(
    'desktop_sign_in',
    `${id('id')} PRIMARY KEY`,
    hash('code_hash'),
    hash('secret_hash'),
    hash('address_hash'),
    code('state', 10),
    'browser VARCHAR(60) NOT NULL',
    'network VARCHAR(45) NOT NULL',
    id('person_id', true),
    time('asked_at'),
    time('expires_at'),
    time('decided_at', true),
    'UNIQUE KEY desktop_sign_in_code (code_hash)',
    'UNIQUE KEY desktop_sign_in_secret (secret_hash)',
    'KEY desktop_sign_in_address (address_hash, asked_at)',
    'KEY desktop_sign_in_asked (asked_at)',
    "CONSTRAINT desktop_sign_in_state CHECK (state IN ('waiting', 'confirmed', 'refused', 'used'))",
  ),
  table(
    'sign_in_link',
    `${id('id')} PRIMARY KEY`,
    hash('key_hash'),
    id('person_id'),
    time('created_at'),
    time('expires_at'),
    time('used_at', true),
    'UNIQUE KEY sign_in_link_key (key_hash)',
    'KEY sign_in_link_expiry (expires_at)',
  ),
  table(
    'second_factor',
    `${id('id')} PRIMARY KEY`,
    id('person_id'),
    sealed('secret_sealed'),
    sealed('next_secret_sealed'),
    time('next_at', true),
    time('enrolled_at', true),
    'last_step BIGINT NOT NULL DEFAULT 0',
    'failures INT NOT NULL DEFAULT 0',
    time('locked_until', true),
    id('action_id', true),
    'UNIQUE KEY second_factor_person (person_id)',
  ),
  table(
    'recovery_code',
    id('person_id'),
    hash('code_hash'),
    time('used_at', true),
    'PRIMARY KEY (person_id, code_hash)',
  ),
];

/** 电脑登录, 二次验证, the first administrator's link; what a session knows of its device and its proof. */
export class Access1765520000000 implements MigrationInterface {
  name = 'Access1765520000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
