import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an order counts as, one bit each: figures group by one number of a narrow index instead of reading a county's
 * orders whole. The bits are named in `boards.queries.ts`, in this order. Stored, so that old orders have it at once.
 */
const marks = [
  "state IN ('confirmed', 'unanswered', 'archived')",
  'contact_in_time <=> 1 AND COALESCE(answered_contacted, 1) = 1',
  'answered_solved IS NOT NULL',
  'answered_solved <=> 1',
  'answered_solved IS NOT NULL AND COALESCE(answered_stars, 0) >= 4',
  "stage IN ('open', 'working')",
  "closed_how <=> 'silent'",
  'on_the_spot = 1',
  'self_handled = 1',
  "outcome <=> 'planned'",
  "outcome <=> 'beyondPower'",
  'reopens > 0',
  "state = 'declined'",
  "state = 'merged'",
  "state = 'converted'",
  "state = 'withdrawn'",
  "visibility = 'confidential'",
];

export class FigureMarks1764600000000 implements MigrationInterface {
  name = 'FigureMarks1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    const sum = marks.map((mark, bit) => `IF(${mark}, ${2 ** bit}, 0)`).join(' + ');
    await runner.query(
      `ALTER TABLE service_order ADD COLUMN figure_marks INT UNSIGNED AS (${sum}) STORED,
         ADD KEY service_order_figures (town_id, figure_marks, accepted_at, placed_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE service_order DROP KEY service_order_figures, DROP COLUMN figure_marks');
  }
}
