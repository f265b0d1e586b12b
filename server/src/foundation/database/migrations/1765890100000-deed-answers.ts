import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 内容检查 of what is answered and decided about a promise: complained of until now under the name of a report of progress. */
export class DeedAnswers1765890100000 implements MigrationInterface {
  name = 'DeedAnswers1765890100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE content_check c JOIN history h ON h.id = c.thing_id SET c.field = 'commitment.answer'
      WHERE c.field = 'commitment.step'
        AND h.action NOT IN ('opine', 'progress', 'requestChange', 'deliver', 'dispute', 'rate')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE content_check SET field = 'commitment.step' WHERE field = 'commitment.answer'");
  }
}
