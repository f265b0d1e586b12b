import type { Round } from './commitment';

type Rank = Round['ranks'][number];

/** 党组织的层级, as one reads it. */
export const rankNames: Readonly<Record<Rank, string>> = {
  committee: '镇党委',
  generalBranch: '党总支',
  branch: '党支部',
  cell: '党小组',
};
