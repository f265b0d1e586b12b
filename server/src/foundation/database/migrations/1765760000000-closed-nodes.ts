import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tree, its table, and what ties an organisation to a grid. */
const trees = [
  ['grid', 'grid', 'grid_id'],
  ['party', 'party_organization', 'organization_id'],
] as const;

/**
 * 停用 by a roster left no successor: whoever found an old order there had the service fail. What is above stands in for
 * it, as for those that were closed by hand; posts and ties ended with it, or they would reach over all that is above.
 */
export class ClosedNodes1765760000000 implements MigrationInterface {
  name = 'ClosedNodes1765760000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [tree, table, tie] of trees) {
      const orphaned = 'n.closed_at IS NOT NULL AND n.successor_id IS NULL';
      await runner.query(`UPDATE role_grant g JOIN ${table} n ON n.id = g.node_id
        SET g.ends_at = GREATEST(n.closed_at, g.starts_at), g.end_reason = COALESCE(g.end_reason, '随停用结束')
        WHERE g.tree = '${tree}' AND ${orphaned} AND (g.ends_at IS NULL OR g.ends_at > n.closed_at)`);
      await runner.query(`DELETE t FROM party_grid t JOIN ${table} n ON n.id = t.${tie} WHERE n.closed_at IS NOT NULL`);
      await runner.query(`UPDATE ${table} n SET n.successor_id = n.parent_id WHERE ${orphaned}`);
      // A run that was cut off goes on.
      const [known] = (await runner.query(
        'SELECT 1 FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() AND CONSTRAINT_NAME = ?',
        [`${table}_successor`],
      )) as unknown[];
      if (known) continue;
      await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_successor
        CHECK (closed_at IS NULL OR successor_id IS NOT NULL OR parent_id IS NULL)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [, table] of trees) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_successor`);
  }
}
