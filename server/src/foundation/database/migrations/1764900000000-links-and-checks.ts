import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE link (
  link_key VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  what VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  thing_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY link_thing (what, thing_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`,
  ...['commitment_opinion', 'commitment_dispute', 'commitment_rating'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN held TINYINT NOT NULL DEFAULT 0`,
  ),
];

/** Short keys for links that outlive screens (decisions.md §5.2); words that wait until somebody has looked at them. */
export class LinksAndChecks1764900000000 implements MigrationInterface {
  name = 'LinksAndChecks1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Printed codes would lead nowhere');
  }
}
