import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 订阅消息 by the template that sends them: whoever looks for what is due passes by a template that is held, however many
 * wait for it. Since when WeChat has been silent is known to all processes.
 */
export class SendingQueue1765880000000 implements MigrationInterface {
  name = 'SendingQueue1765880000000';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('message_template', 'silent')))
      await runner.query('ALTER TABLE message_template ADD COLUMN silent INT NOT NULL DEFAULT 0');
    if (!(await hasKey(runner, 'wechat_message_queue')))
      await runner.query(
        'ALTER TABLE wechat_message ADD KEY wechat_message_queue (state, county_id, template, next_at)',
      );
    if (await hasKey(runner, 'wechat_message_due'))
      await runner.query('ALTER TABLE wechat_message DROP KEY wechat_message_due');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message_template DROP COLUMN silent');
    await runner.query(
      'ALTER TABLE wechat_message DROP KEY wechat_message_queue, ADD KEY wechat_message_due (state, next_at)',
    );
  }
}

const hasKey = async (runner: QueryRunner, key: string): Promise<boolean> =>
  ((await runner.query(`SHOW INDEX FROM wechat_message WHERE Key_name = '${key}'`)) as unknown[]).length > 0;
