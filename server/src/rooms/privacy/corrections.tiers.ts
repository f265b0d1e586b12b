import type { TierTable } from '../../foundation/reference/tier-tables';

/** 更正 waits at the desk of the small grid where the person lives. */
export const correctionTiers: readonly TierTable[] = [
  { table: 'correction', prefix: null, gridColumn: 'grid_id', open: "state = 'asked'" },
];
