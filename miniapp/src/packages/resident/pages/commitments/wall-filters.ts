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
  readonly kind: CommitmentKind | null;
  readonly field: CommitmentField | null;
  /** Of one organisation with all below it, or of one member: how one comes here from the figures. */
  readonly of: WallOf | null;
}

export interface WallOf {
  readonly organizationId?: string;
  readonly personId?: string;
  readonly name: string;
}

export const stages: readonly { value: WallStage; words: string }[] = [
  { value: 'all', words: '全部' },
  { value: 'working', words: '在办' },
  { value: 'done', words: '办成' },
  { value: 'stopped', words: '没办成' },
];

/** What the server is asked. */
export const queryOf = ({ roundId, here, stage, kind, field, of }: WallFilters) => ({
  ...{ scope: 'wall' as const, roundId },
  ...(here ? { here: 'true' } : {}),
  ...(stage === 'all' ? {} : { stage }),
  ...(kind === null ? {} : { kind }),
  ...(field === null ? {} : { field }),
  ...(of?.organizationId ? { organizationId: of.organizationId } : {}),
  ...(of?.personId ? { personId: of.personId } : {}),
});

/** How many of the sheet's answers are not what the wall begins with. */
export const countOf = (
  { roundId, here, stage, kind, field }: WallFilters,
  first: { readonly id: string; readonly livesHere: boolean; readonly stage: WallStage },
): number =>
  [stage !== first.stage, roundId !== first.id, here !== first.livesHere, kind !== null, field !== null].filter(Boolean)
    .length;

/** 我们村 · 2026 年 · 书记项目: what is being looked at. */
export const filterWords = ({ here, stage, kind, field, of }: WallFilters, { year }: Pick<Round, 'year'>): string =>
  [
    of?.name ?? (here ? '答应我们村的' : '全镇的'),
    `${year} 年`,
    stage === 'all' ? null : stages.find(({ value }) => value === stage)?.words,
    kind === null ? null : commitmentKinds[kind],
    field === null ? null : commitmentFields[field],
  ]
    .filter(Boolean)
    .join(' · ');
