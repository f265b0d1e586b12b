import type { MigrationInterface, QueryRunner } from 'typeorm';

const key = 'message_arrived';

/** The live desk asks every second who has been told something: along this key, which holds the answer. */
export class LiveInbox1765884000000 implements MigrationInterface {
  name = 'LiveInbox1765884000000';

  async up(runner: QueryRunner): Promise<void> {
    const there = (await runner.query(`SHOW INDEX FROM message WHERE Key_name = '${key}'`)) as unknown[];
    if (there.length === 0) await runner.query(`ALTER TABLE message ADD KEY ${key} (arrived_at, person_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message DROP KEY ${key}`);
  }
}
