import type { MigrationInterface, QueryRunner } from 'typeorm';

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const id = (name: string, nothing = 'NOT NULL') => `${name} CHAR(26) ${ascii} ${nothing}`;
const tail = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';
const flag = 'TINYINT NOT NULL DEFAULT 0';

const tables = [
  `CREATE TABLE IF NOT EXISTS content_check (
    ${id('id')} PRIMARY KEY,
    field VARCHAR(20) ${ascii} NOT NULL,
    ${id('thing_id')},
    ${id('author_id')},
    root VARCHAR(10) ${ascii} NOT NULL,
    ${id('root_id')},
    ${id('county_id', 'NULL')},
    ${id('town_id', 'NULL')},
    ${id('village_id', 'NULL')},
    ${id('group_id', 'NULL')},
    state VARCHAR(10) ${ascii} NOT NULL,
    held ${flag},
    at_desk TINYINT NULL,
    sampled ${flag},
    label INT NULL,
    trace_id VARCHAR(64) ${ascii} NULL,
    tries INT NOT NULL DEFAULT 0,
    asked_at DATETIME(3) NULL,
    next_at DATETIME(3) NULL,
    leased_until DATETIME(3) NULL,
    created_at DATETIME(3) NOT NULL,
    ${id('decided_by_id', 'NULL')},
    decided_at DATETIME(3) NULL,
    reason VARCHAR(20) ${ascii} NULL,
    version INT NOT NULL DEFAULT 1,
    UNIQUE KEY content_check_thing (field, thing_id, author_id),
    KEY content_check_next (next_at),
    KEY content_check_village (at_desk, village_id, created_at),
    KEY content_check_town (at_desk, town_id, created_at),
    KEY content_check_county (at_desk, county_id, created_at),
    KEY content_check_root (root_id),
    KEY content_check_author (author_id),
    CONSTRAINT content_check_state CHECK (state IN
      ('waiting', 'passed', 'doubtful', 'risky', 'unjudged', 'shown', 'hidden', 'withdrawn'))
  ) ${tail}`,
  `CREATE TABLE IF NOT EXISTS media_verdict (
    trace_id VARCHAR(64) ${ascii} NOT NULL PRIMARY KEY,
    ${id('check_id', 'NULL')},
    verdict VARCHAR(10) ${ascii} NULL,
    label INT NULL,
    at DATETIME(3) NOT NULL,
    KEY media_verdict_at (at)
  ) ${tail}`,
  `CREATE TABLE IF NOT EXISTS content_complaint (
    ${id('id')} PRIMARY KEY,
    ${id('check_id')},
    ${id('person_id')},
    reason VARCHAR(20) ${ascii} NOT NULL,
    words VARCHAR(200) NULL,
    at DATETIME(3) NOT NULL,
    outcome VARCHAR(10) ${ascii} NULL,
    decided_at DATETIME(3) NULL,
    UNIQUE KEY content_complaint_person (check_id, person_id),
    KEY content_complaint_at (person_id, at),
    CONSTRAINT content_complaint_outcome CHECK (outcome IN ('upheld', 'dismissed'))
  ) ${tail}`,
];

/** Whether others may see it: 0 yes, 1 not before it was judged, 2 a person has hidden it. */
const flags: readonly (readonly [table: string, column: string])[] = [
  ...[['service_order', 'words_held'] as const, ['service_order', 'summary_held'] as const],
  ...[['photo', 'held'] as const, ['voice_note', 'held'] as const, ['history', 'held'] as const],
  ...[['commitment', 'held'] as const, ['commitment_change', 'held'] as const],
];

const place = 'c.county_id, c.town_id, c.village_id, c.group_id';
/** What was held before waits at the desk from now on, and at its secretary as before; what he left hidden stays so. */
const heldBefore = (field: string, table: string, key: string): string => `INSERT INTO content_check
    (id, field, thing_id, author_id, root, root_id, county_id, town_id, village_id, group_id, state, held, at_desk, created_at)
  SELECT CONCAT('01KAV', UPPER(LEFT(SHA2(CONCAT('${field}', x.${key}, x.person_id), 256), 21))), '${field}', x.${key},
    x.person_id, 'commitment', c.id, ${place}, IF(x.held = 2, 'hidden', 'unjudged'), 1, IF(x.held = 2, NULL, 1), x.at
  FROM ${table} x JOIN commitment c ON c.id = x.commitment_id
  WHERE x.held > 0 AND NOT EXISTS (SELECT 1 FROM content_check k
    WHERE k.field = '${field}' AND k.thing_id = x.${key} AND k.author_id = x.person_id)`;

/** 内容检查: what others will see, what WeChat says of it, what a person decides; 投诉. A run that was cut off goes on. */
export class ContentChecks1765840000000 implements MigrationInterface {
  name = 'ContentChecks1765840000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(table);
    for (const [table, column] of flags)
      if (!(await runner.hasColumn(table, column)))
        await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${flag}`);
    await runner.query(heldBefore('commitment.opinion', 'commitment_opinion', 'id'));
    await runner.query(heldBefore('commitment.dispute', 'commitment_dispute', 'id'));
    await runner.query(heldBefore('commitment.rating', 'commitment_rating', 'commitment_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of flags) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    for (const table of ['content_complaint', 'media_verdict', 'content_check'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
