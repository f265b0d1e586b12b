import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const statements = [
  `CREATE TABLE IF NOT EXISTS activity (
    id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
    kind VARCHAR(30) ${ascii} NOT NULL,
    audience VARCHAR(30) ${ascii} NOT NULL,
    title VARCHAR(40) NOT NULL,
    words VARCHAR(500) NOT NULL,
    place VARCHAR(60) NOT NULL,
    grid_id CHAR(26) ${ascii} NOT NULL,
    starts_at DATETIME(3) NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    places INT NULL,
    version INT NOT NULL,
    set_by_id CHAR(26) ${ascii} NOT NULL,
    set_at DATETIME(3) NOT NULL,
    cancelled_at DATETIME(3) NULL,
    cancel_words VARCHAR(500) NULL,
    KEY activity_place (grid_id, ends_at),
    FOREIGN KEY (grid_id) REFERENCES grid (id)
  ) ${table}`,
  `CREATE TABLE IF NOT EXISTS activity_person (
    id CHAR(26) ${ascii} NOT NULL PRIMARY KEY,
    activity_id CHAR(26) ${ascii} NOT NULL,
    person_id CHAR(26) ${ascii} NOT NULL,
    joined_at DATETIME(3) NOT NULL,
    joined_in CHAR(26) ${ascii} NOT NULL,
    left_at DATETIME(3) NULL,
    came_at DATETIME(3) NULL,
    marked_by_id CHAR(26) ${ascii} NULL,
    UNIQUE KEY activity_person_once (activity_id, person_id),
    KEY activity_person_mine (person_id),
    FOREIGN KEY (activity_id) REFERENCES activity (id),
    FOREIGN KEY (person_id) REFERENCES person (id)
  ) ${table}`,
];

/** 活动: what is held where, who has signed up, who came. */
export class Activities1765851000000 implements MigrationInterface {
  name = 'Activities1765851000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE activity_person');
    await runner.query('DROP TABLE activity');
  }
}
