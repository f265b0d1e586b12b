import type { TierTable } from '../../foundation/reference/tier-tables';

/** Promises follow the grid they were made to. */
export const commitmentTiers: readonly TierTable[] = [
  { table: 'commitment', prefix: '', gridColumn: 'for_grid_id', open: "stage IN ('open', 'working')" },
];
