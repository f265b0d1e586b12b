import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 换届: posts from before the question about tasks in hand, and those that a roster gave, get its clock too; and whoever
 * still has tasks from a post that is over is asked now. A run that was cut off goes on.
 */
export class EndsOfTerms1765770000000 implements MigrationInterface {
  name = 'EndsOfTerms1765770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO due_work
        (thing_id, kind, aggregate_id, town_id, clock, limit_minutes, used_minutes, next_at, rung, attempts)
      SELECT p.id, 'heldTasks', p.id, COALESCE(g.town_id, (SELECT MIN(t.town_id) FROM party_grid o
          JOIN grid t ON t.id = o.grid_id WHERE o.organization_id = p.node_id)), 'always', 0, 0, p.ends_at, 0, 0
      FROM role_grant p LEFT JOIN grid g ON g.id = p.node_id
      WHERE p.behalf_of_id IS NULL AND NOT EXISTS (SELECT 1 FROM due_work d WHERE d.thing_id = p.id AND d.kind = 'heldTasks')
        AND (p.ends_at > UTC_TIMESTAMP(3) OR EXISTS (SELECT 1 FROM task_claim s
          WHERE s.person_id = p.person_id AND s.state = 'taken' AND s.asked_in IS NULL AND s.at <= p.ends_at))`);
  }

  /** Those clocks are like the ones of posts given since: nobody could tell them apart, and they do no harm. */
  async down(): Promise<void> {}
}
