import type { Commitment } from './commitment';

/** An open dispute whose words the content check has held back. */
export const hasHeldDispute = ({ disputes }: Pick<Commitment, 'disputes'>): boolean =>
  disputes.some(({ held, answeredAt }) => held && answeredAt === null);
