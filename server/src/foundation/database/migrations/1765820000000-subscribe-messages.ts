import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const table = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';

/** 订阅消息: the county's templates, what each WeChat account has agreed to, and the messages on their way. A run that was cut off goes on. */
export class SubscribeMessages1765820000000 implements MigrationInterface {
  name = 'SubscribeMessages1765820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS message_template (
      county_id CHAR(26) ${ascii} NOT NULL,
      kind VARCHAR(10) ${ascii} NOT NULL,
      template_id VARCHAR(64) ${ascii} NULL,
      mode VARCHAR(10) ${ascii} NOT NULL,
      fields JSON NOT NULL,
      version INT NOT NULL,
      held_until DATETIME(3) NULL,
      fault_errcode INT NULL,
      fault_field VARCHAR(40) ${ascii} NULL,
      fault_at DATETIME(3) NULL,
      PRIMARY KEY (county_id, kind),
      KEY message_template_id (template_id),
      CONSTRAINT message_template_mode CHECK (mode IN ('once', 'lasting'))
    ) ${table}`);
    await runner.query(`CREATE TABLE IF NOT EXISTS subscription (
      openid VARCHAR(64) ${ascii} NOT NULL,
      template_id VARCHAR(64) ${ascii} NOT NULL,
      by_app INT NOT NULL,
      by_push INT NOT NULL,
      used INT NOT NULL,
      lasting TINYINT NOT NULL,
      choice VARCHAR(10) ${ascii} NULL,
      chosen_at DATETIME(3) NULL,
      PRIMARY KEY (openid, template_id),
      CONSTRAINT subscription_account FOREIGN KEY (openid) REFERENCES wechat_account (openid) ON DELETE CASCADE,
      CONSTRAINT subscription_credit CHECK (used >= 0 AND (used <= by_app OR used <= by_push))
    ) ${table}`);
    await runner.query(`CREATE TABLE IF NOT EXISTS subscription_report (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      person_id CHAR(26) ${ascii} NOT NULL,
      at DATETIME(3) NOT NULL,
      KEY subscription_report_person (person_id),
      KEY subscription_report_at (at)
    ) ${table}`);
    await runner.query(`CREATE TABLE IF NOT EXISTS wechat_message (
      id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
      person_id CHAR(26) ${ascii} NOT NULL,
      county_id CHAR(26) ${ascii} NOT NULL,
      town_id CHAR(26) ${ascii} NULL,
      template VARCHAR(10) ${ascii} NOT NULL,
      kind VARCHAR(20) ${ascii} NOT NULL,
      once_key VARCHAR(40) ${ascii} NOT NULL,
      event_id CHAR(26) ${ascii} NOT NULL,
      order_id CHAR(26) ${ascii} NULL,
      state VARCHAR(10) ${ascii} NOT NULL,
      reason VARCHAR(20) ${ascii} NULL,
      errcode INT NULL,
      at DATETIME(3) NOT NULL,
      next_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      attempts INT NOT NULL,
      openid VARCHAR(64) ${ascii} NULL,
      template_id VARCHAR(64) ${ascii} NULL,
      in_flight_of CHAR(26) ${ascii} NULL,
      leased_until DATETIME(3) NULL,
      called_at DATETIME(3) NULL,
      confirmed_at DATETIME(3) NULL,
      ended_at DATETIME(3) NULL,
      UNIQUE KEY wechat_message_once (person_id, template, once_key),
      UNIQUE KEY wechat_message_in_flight (in_flight_of),
      KEY wechat_message_due (state, next_at),
      KEY wechat_message_person (person_id, state, at),
      KEY wechat_message_account (openid, template_id, called_at),
      KEY wechat_message_ended (ended_at),
      CONSTRAINT wechat_message_state CHECK
        (state IN ('waiting', 'sending', 'sent', 'unknown', 'noCredit', 'refused', 'dropped'))
    ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['wechat_message', 'subscription_report', 'subscription', 'message_template'])
      await runner.query(`DROP TABLE ${name}`);
  }
}
