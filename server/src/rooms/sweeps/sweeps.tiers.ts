import type { TierTable } from '../../foundation/reference/tier-tables';

/** 入户排查: the sweep, and every household of it, so that whoever leads a part keeps that part. */
export const sweepTiers: readonly TierTable[] = [
  { table: 'sweep', prefix: '', gridColumn: 'grid_id', open: "stage IN ('open', 'working')" },
  { table: 'sweep_target', prefix: '', gridColumn: 'grid_id', open: "state = 'todo'" },
];
