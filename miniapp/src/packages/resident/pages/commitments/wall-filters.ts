import {
  commitmentFields,
  commitmentKinds,
  type CommitmentField,
  type CommitmentKind,
} from '@sandan/shared/commitments/commitment.words';
import type { Round } from '../../../../features/commitments/commitment';

export type WallStage = 'all' | 'working' | 'done' | 'stopped';

export interface WallFilters {
  readonly roundId: string;
  /** Only what is promised to the village one lives in. */
  readonly here: boolean;
  readonly stage: WallStage;
  /** What one should keep an eye on. */
  readonly watch: 'any' | 'overdue' | 'disputed';
  /** Of one organisation and those below it; of one member. At most one of the two. */
  readonly organizationId: string | null;
  readonly personId: string | null;
  readonly kind: CommitmentKind | null;
  readonly field: CommitmentField | null;
}

export const stages: readonly { value: WallStage; words: string }[] = [
  { value: 'all', words: '全部' },
  { value: 'working', words: '在办' },
  { value: 'done', words: '办成' },
  { value: 'stopped', words: '没办成' },
];

export const watches: readonly { value: WallFilters['watch']; words: string }[] = [
  { value: 'any', words: '不限' },
  { value: 'overdue', words: '超时' },
  { value: 'disputed', words: '有异议' },
];

/** What the server is asked. */
export const queryOf = ({ roundId, here, stage, watch, organizationId, personId, kind, field }: WallFilters) => ({
  ...{ scope: 'wall' as const, roundId },
  ...(here ? { here: 'true' } : {}),
  ...(stage === 'all' ? {} : { stage }),
  ...(watch === 'overdue' ? { overdue: 'true' } : {}),
  ...(watch === 'disputed' ? { status: 'disputed' as const } : {}),
  ...(organizationId === null ? {} : { organizationId }),
  ...(personId === null ? {} : { personId }),
  ...(kind === null ? {} : { kind }),
  ...(field === null ? {} : { field }),
});

/** How many of the sheet's answers are not what the wall begins with. */
export const countOf = (
  { roundId, here, stage, watch, organizationId, personId, kind, field }: WallFilters,
  first: { readonly id: string; readonly livesHere: boolean; readonly stage: WallStage },
): number => {
  const who = organizationId !== null || personId !== null;
  // Who asks for one member or one organisation looks beyond the own village by that alone.
  const reach = !who && here !== first.livesHere;
  return [
    who,
    reach,
    stage !== first.stage,
    roundId !== first.id,
    watch !== 'any',
    kind !== null,
    field !== null,
  ].filter(Boolean).length;
};

/** 我们村 · 2026 年 · 书记项目: what is being looked at. */
export const filterWords = (filters: WallFilters, { year }: Pick<Round, 'year'>): string => {
  const { stage, watch, kind, field } = filters;
  return [
    reachWords(filters),
    `${year} 年`,
    stage === 'all' ? null : stages.find(({ value }) => value === stage)?.words,
    watch === 'any' ? null : watches.find(({ value }) => value === watch)?.words,
    kind === null ? null : commitmentKinds[kind],
    field === null ? null : commitmentFields[field],
  ]
    .filter(Boolean)
    .join(' · ');
};

/** Whose they are stands above the list, with their card. */
function reachWords({ here, organizationId, personId }: WallFilters): string | null {
  if (organizationId !== null || personId !== null) return null;
  return here ? '答应我们村的' : '全镇的';
}
