import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = (name: string) => `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`;

const owedKinds = ['organization', 'personal', 'secretaryProject', 'livelihoodProject'];
const owedInAll = owedKinds.map((kind) => `COALESCE(JSON_VALUE(owed, '$.${kind}'), 0)`).join(' + ');

/**
 * What a debtor owes in all, stored: the figures of a county add up thousands of them and read no JSON (and no row).
 *
 * 提醒: who was reminded on which day. The key is the rule: once a day each, whoever presses and however often.
 */
export class CommitmentReminders1765200000000 implements MigrationInterface {
  name = 'CommitmentReminders1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE commitment_reminder (
         ${id('round_id')},
         ${id('debtor_id')},
         day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         kind VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         missing SMALLINT NOT NULL,
         ${id('event_id')},
         PRIMARY KEY (round_id, debtor_id, day),
         KEY commitment_reminder_event (event_id)
       ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`,
    );
    await runner.query(
      `ALTER TABLE commitment_debtor ADD COLUMN owed_total SMALLINT AS (${owedInAll}) STORED,
         ADD KEY commitment_debtor_figures (round_id, exempt, organization_id, kind, debtor_id, owed_total)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE commitment_debtor DROP KEY commitment_debtor_figures, DROP COLUMN owed_total');
    await runner.query('DROP TABLE commitment_reminder');
  }
}
