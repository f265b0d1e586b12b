import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 语音听写: what a speech service has heard in a recording, and when it is asked next. A run that was cut off goes on. */
export class VoiceWords1765896000000 implements MigrationInterface {
  name = 'VoiceWords1765896000000';

  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('voice_note', 'words')) return;
    await runner.query(
      `ALTER TABLE voice_note
         ADD COLUMN words VARCHAR(1000) NULL,
         ADD COLUMN hear_at DATETIME(3) NULL,
         ADD COLUMN hear_tries TINYINT NOT NULL DEFAULT 0,
         ADD INDEX voice_note_hear_at (hear_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE voice_note DROP INDEX voice_note_hear_at, DROP COLUMN words, DROP COLUMN hear_at, DROP COLUMN hear_tries',
    );
  }
}
