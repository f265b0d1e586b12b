import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** One-time tickets of the live socket: any web process may take one. */
export class LiveTickets1765860000000 implements MigrationInterface {
  name = 'LiveTickets1765860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS live_ticket (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      ticket_hash BINARY(32) NOT NULL,
      session_id CHAR(26) ${ascii} NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      used_at DATETIME(3) NULL,
      UNIQUE KEY live_ticket_hash (ticket_hash),
      KEY live_ticket_expires (expires_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE live_ticket');
  }
}
