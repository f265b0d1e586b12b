import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 电脑登录: the phone that confirmed shows four digits, which are typed at the computer. */
export class DesktopDigits1765750000000 implements MigrationInterface {
  name = 'DesktopDigits1765750000000';

  async up(runner: QueryRunner): Promise<void> {
    // A computer that a phone has let in just before the update asks for a new picture.
    await runner.query("UPDATE desktop_sign_in SET state = 'refused' WHERE state = 'confirmed'");
    // A run that was cut off goes on.
    if (await runner.hasColumn('desktop_sign_in', 'check_digits')) return;
    await runner.query(`ALTER TABLE desktop_sign_in
      ADD COLUMN check_digits VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER person_id,
      ADD COLUMN tries INT NOT NULL DEFAULT 0 AFTER check_digits`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE desktop_sign_in DROP COLUMN check_digits, DROP COLUMN tries');
  }
}
