import type { TierTable } from '../../foundation/reference/tier-tables';

/** 活动 are held for whoever belongs to the place, whatever it is called by then. */
export const activityTiers: readonly TierTable[] = [
  {
    table: 'activity',
    prefix: null,
    gridColumn: 'grid_id',
    open: 'cancelled_at IS NULL AND ends_at > UTC_TIMESTAMP()',
  },
];
