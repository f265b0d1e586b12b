import type { MigrationInterface, QueryRunner } from 'typeorm';

const id = (name: string, nullable = false) =>
  `${name} CHAR(26) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const code = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const day = (name: string, nullable = false) =>
  `${name} CHAR(10) CHARACTER SET ascii COLLATE ascii_bin ${nullable ? 'NULL' : 'NOT NULL'}`;
const text = (name: string, length: number, nullable = false) =>
  `${name} VARCHAR(${length}) ${nullable ? 'NULL' : 'NOT NULL'}`;
const time = (name: string, nullable = false) => `${name} DATETIME(3) ${nullable ? 'NULL' : 'NOT NULL'}`;
const flag = (name: string) => `${name} TINYINT NOT NULL DEFAULT 0`;
const count = (name: string) => `${name} INT NOT NULL DEFAULT 0`;
const oneOf = (name: string, column: string, values: string[]) =>
  `CONSTRAINT ${name} CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const tierColumns = ['county', 'town', 'village', 'group'].map((tier) => id(`${tier}_id`, true));

const table = (name: string, ...lines: string[]) =>
  `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`;

const kinds = ['organization', 'personal', 'secretaryProject', 'livelihoodProject'];
const stages = ['open', 'working', 'done', 'stopped'];
const states = [
  ...['draft', 'submitted', 'approved', 'published', 'delivered', 'disputed', 'accepted'],
  ...['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver', 'withdrawn', 'released'],
];
const roundStates = ['preparing', 'drafting', 'reviewing', 'underWay', 'midYear', 'closing', 'closed'];

/** What a promise says, in the row and in each of its versions. */
const content = [
  text('title', 40),
  text('words', 500),
  code('field', 20),
  'quantity DOUBLE NULL',
  text('unit', 10, true),
  id('for_grid_id'),
  text('for_words', 60, true),
  day('deadline'),
  'money BIGINT NULL',
  text('money_source', 60, true),
];

const statements = [
  table(
    'commitment_round',
    `${id('id')} PRIMARY KEY`,
    id('organization_id'),
    id('town_id'),
    'year SMALLINT NOT NULL',
    code('state', 20),
    code('stage', 10),
    count('version'),
    'minima JSON NOT NULL',
    'ranks JSON NOT NULL',
    day('drafts_until'),
    day('reviews_until'),
    day('ends_on'),
    id('opened_by_id'),
    time('opened_at'),
    'UNIQUE KEY commitment_round_year (organization_id, year)',
    'KEY commitment_round_town (town_id, year)',
    oneOf('commitment_round_state', 'state', roundStates),
    oneOf('commitment_round_stage', 'stage', stages),
  ),
  // Who owes: an organisation, or a member on the list of his branch.
  table(
    'commitment_debtor',
    id('round_id'),
    id('debtor_id'),
    code('kind', 15),
    id('organization_id'),
    text('name', 60),
    'owed JSON NOT NULL',
    'from_month TINYINT NULL',
    code('exempt', 20, true),
    text('exempt_words', 200, true),
    'PRIMARY KEY (round_id, debtor_id)',
    'KEY commitment_debtor_organization (round_id, organization_id, kind)',
    'KEY commitment_debtor_of (debtor_id)',
    oneOf('commitment_debtor_kind', 'kind', ['organization', 'person']),
  ),
  table(
    'commitment',
    `${id('id')} PRIMARY KEY`,
    id('round_id'),
    code('kind', 20),
    code('state', 20),
    code('stage', 10),
    count('version'),
    ...content,
    count('content_version'),
    id('organization_id'),
    id('person_id', true),
    id('author_id'),
    id('responsible_id'),
    id('review_organization_id'),
    id('dispute_organization_id'),
    ...tierColumns,
    'quantity_done DOUBLE NOT NULL DEFAULT 0',
    'percent TINYINT NOT NULL DEFAULT 0',
    flag('partly'),
    flag('carries_over'),
    flag('on_site'),
    text('late_reason', 200, true),
    day('mend_by', true),
    code('disputed_from', 20, true),
    code('corrects_to', 20, true),
    id('corrected_by_id', true),
    id('accepted_by_id', true),
    count('raters'),
    count('stars'),
    time('drafted_at'),
    time('published_at', true),
    time('delivered_at', true),
    time('accepted_at', true),
    time('closed_at', true),
    'fingerprint BINARY(32) NOT NULL',
    // 承诺墙, newest first: of a town, of a year.
    'KEY commitment_wall (town_id, published_at, id)',
    'KEY commitment_wall_of_year (round_id, published_at, id)',
    'KEY commitment_organization (organization_id, round_id, state)',
    'KEY commitment_person (person_id, round_id, state)',
    'KEY commitment_responsible (responsible_id, stage)',
    'KEY commitment_author (author_id, stage)',
    'KEY commitment_review (review_organization_id, state, drafted_at, id)',
    'KEY commitment_disputes (dispute_organization_id, state, drafted_at, id)',
    // Covers the figures of a year: they read no row.
    'KEY commitment_figures (round_id, state, person_id, organization_id, stage, deadline, raters, stars)',
    oneOf('commitment_kind', 'kind', kinds),
    oneOf('commitment_state', 'state', states),
    oneOf('commitment_stage', 'stage', stages),
    'CONSTRAINT commitment_of_round FOREIGN KEY (round_id) REFERENCES commitment_round (id)',
  ),
  table(
    'commitment_version',
    id('commitment_id'),
    'number SMALLINT NOT NULL',
    ...content,
    id('by_id'),
    text('by_name', 40),
    time('at'),
    text('reason', 500, true),
    'PRIMARY KEY (commitment_id, number)',
  ),
  table(
    'commitment_helper',
    id('commitment_id'),
    id('person_id'),
    'PRIMARY KEY (commitment_id, person_id)',
    'KEY commitment_helper_person (person_id)',
  ),
  table(
    'commitment_order',
    id('commitment_id'),
    id('order_id'),
    id('by_id'),
    time('at'),
    'PRIMARY KEY (commitment_id, order_id)',
    'KEY commitment_order_order (order_id)',
  ),
  table(
    'commitment_opinion',
    `${id('id')} PRIMARY KEY`,
    id('commitment_id'),
    id('person_id'),
    text('words', 500),
    time('at'),
    text('answer', 500, true),
    id('answered_by_id', true),
    text('answered_by', 40, true),
    time('answered_at', true),
    'UNIQUE KEY commitment_opinion_once (commitment_id, person_id)',
  ),
  // One open dispute per person: `open` is 1 or null, and nulls do not meet in a unique key.
  table(
    'commitment_dispute',
    `${id('id')} PRIMARY KEY`,
    id('commitment_id'),
    id('person_id'),
    text('words', 500),
    time('at'),
    time('due_at'),
    'is_open TINYINT NULL',
    'upheld TINYINT NULL',
    text('answer', 500, true),
    id('answered_by_id', true),
    text('answered_by', 40, true),
    time('answered_at', true),
    'UNIQUE KEY commitment_dispute_open (commitment_id, person_id, is_open)',
  ),
  table(
    'commitment_change',
    `${id('id')} PRIMARY KEY`,
    id('commitment_id'),
    code('kind', 15),
    text('reason', 500),
    'content JSON NULL',
    id('by_id'),
    text('by_name', 40),
    time('at'),
    'is_open TINYINT NULL',
    code('decision', 10, true),
    text('answer', 500, true),
    id('answered_by_id', true),
    text('answered_by', 40, true),
    time('answered_at', true),
    'UNIQUE KEY commitment_change_open (commitment_id, is_open)',
  ),
  table(
    'commitment_rating',
    id('commitment_id'),
    id('person_id'),
    'stars TINYINT NOT NULL',
    text('words', 500, true),
    time('at'),
    'PRIMARY KEY (commitment_id, person_id)',
    'CONSTRAINT commitment_rating_stars CHECK (stars BETWEEN 1 AND 5)',
  ),
];

/** 双向承诺: rounds, who owes, the deeds and what hangs on them. */
export class Commitments1764700000000 implements MigrationInterface {
  name = 'Commitments1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Promises once made public are not dropped');
  }
}
