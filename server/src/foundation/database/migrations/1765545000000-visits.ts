import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nullable = false) => `${name} CHAR(26) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, nullable = false) => `${name} VARCHAR(20) ${ascii} ${nullable ? 'NULL' : 'NOT NULL'}`;
const engine = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** A household that was only just linked wants its first visit by the end of the next month in China. */
const firstDue = 'LAST_DAY(DATE_ADD(DATE_ADD(starts_at, INTERVAL 8 HOUR), INTERVAL 1 MONTH))';

const linkColumns: readonly string[] = [
  code('reason', true),
  id('made_by_id', true),
  id('made_in', true),
  code('end_reason', true),
  id('ended_by_id', true),
  id('ended_in', true),
  id('stand_in_id', true),
  'last_visit_at DATETIME(3) NULL',
  code('last_visit_result', true),
  'last_tried_at DATETIME(3) NULL',
  'tries SMALLINT NOT NULL DEFAULT 0',
  'next_due_on DATE NULL',
];

/** 联户 with its history, stand-ins and due visits; 大走访; requests for another member. */
export class Visits1765545000000 implements MigrationInterface {
  name = 'Visits1765545000000';

  async up(runner: QueryRunner): Promise<void> {
    const columns = linkColumns.map((column) => `ADD COLUMN ${column}`).join(', ');
    await runner.query(`ALTER TABLE household_link ${columns}`);
    // Links that stand already: nobody is late on the day on which the system begins to count.
    await runner.query(
      `UPDATE household_link SET next_due_on = LAST_DAY(DATE_ADD(UTC_TIMESTAMP(), INTERVAL 8 HOUR)) WHERE ends_at IS NULL`,
    );
    await runner.query(
      `ALTER TABLE household_link
         ADD COLUMN due_on DATE AS (COALESCE(next_due_on, ${firstDue})) STORED,
         ADD KEY household_link_due (member_id, ends_at, due_on),
         ADD KEY household_link_stand_in (stand_in_id, ends_at),
         ADD KEY household_link_made (made_in), ADD KEY household_link_ended (ended_in),
         ADD KEY household_link_figures
           (household_id, ends_at, starts_at, member_id, due_on, last_visit_at, last_visit_result, last_tried_at)`,
    );
    for (const table of tables) await runner.query(`CREATE TABLE ${table} ${engine}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['visit_setting', 'visit_reminder', 'link_request', 'visit_order', 'visit_version', 'visit'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(
      `ALTER TABLE household_link DROP KEY household_link_due, DROP KEY household_link_stand_in, DROP KEY household_link_made,
         DROP KEY household_link_ended, DROP KEY household_link_figures, DROP COLUMN due_on`,
    );
    const names = linkColumns.map((column) => `DROP COLUMN ${column.split(' ')[0]}`);
    await runner.query(`ALTER TABLE household_link ${names.join(', ')}`);
  }
}

const tables: readonly string[] = [
  `visit (
     ${id('id')} PRIMARY KEY, ${id('household_id')}, ${id('grid_id')}, ${id('town_id', true)}, ${id('member_id')},
     ${code('result')}, at DATETIME(3) NOT NULL, recorded_at DATETIME(3) NOT NULL,
     ${id('met_person_id', true)}, met_words VARCHAR(40) NULL, words VARCHAR(500) NULL, needs JSON NOT NULL,
     lat DOUBLE NULL, lng DOUBLE NULL, fingerprint BINARY(32) NOT NULL, changes SMALLINT NOT NULL DEFAULT 0,
     KEY visit_household (household_id, at, id, result), KEY visit_member (member_id, at, id)
   )`,
  `visit_version (
     ${id('visit_id')}, number SMALLINT NOT NULL, content JSON NOT NULL, until DATETIME(3) NOT NULL,
     PRIMARY KEY (visit_id, number)
   )`,
  `visit_order (${id('order_id')} PRIMARY KEY, ${id('visit_id')}, KEY visit_order_visit (visit_id))`,
  `link_request (
     ${id('id')} PRIMARY KEY, ${id('household_id')}, ${id('grid_id')}, ${id('member_id')}, ${id('person_id')},
     words VARCHAR(200) NULL, at DATETIME(3) NOT NULL, settled_at DATETIME(3) NULL, ${id('settled_by_id', true)},
     ${id('new_member_id', true)}, answer VARCHAR(200) NULL,
     KEY link_request_household (household_id, settled_at), KEY link_request_grid (grid_id, settled_at)
   )`,
  `visit_reminder (
     ${id('member_id')}, day CHAR(10) ${ascii} NOT NULL, overdue SMALLINT NOT NULL, ${id('event_id')},
     PRIMARY KEY (member_id, day), KEY visit_reminder_event (event_id)
   )`,
  `visit_setting (${id('town_id')} PRIMARY KEY, value JSON NOT NULL)`,
];
