import type { TierTable } from '../../foundation/reference/tier-tables';

/** 内容审核 waits at the desk of where the thing lies. */
export const reviewTiers: readonly TierTable[] = [
  { table: 'content_check', prefix: '', gridColumn: null, open: 'at_desk = 1' },
];
