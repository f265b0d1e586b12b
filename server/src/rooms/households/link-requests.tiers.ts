import type { TierTable } from '../../foundation/reference/tier-tables';

/** 换联系党员的请求 wait with whoever arranges the links of the small grid. */
export const linkRequestTiers: readonly TierTable[] = [
  { table: 'link_request', prefix: null, gridColumn: 'grid_id', open: 'settled_at IS NULL' },
];
