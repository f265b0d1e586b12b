import type { EntityTarget, ObjectLiteral } from 'typeorm';
import {
  commitmentLifecycle,
  type CommitmentAction,
  type CommitmentState,
} from '@sandan/shared/commitments/commitment.lifecycle';
import type { ChangeKind } from '@sandan/shared/commitments/commitment.words';
import { canDo, stageOf, targetsOf, type Lifecycle } from '@sandan/shared/lifecycle';
import type { Db } from '../foundation/database/connect';
import type { DueWork } from '../foundation/due-work/due-work.entity';
import type { History } from '../foundation/outbox/history.entity';
import { historyRow, type Scene, type Step } from '../rooms/commitments/act';
import type { CommitmentRecord } from '../rooms/commitments/commitment-record';
import {
  CommitmentChange,
  CommitmentDispute,
  CommitmentOpinion,
  CommitmentRating,
  CommitmentVersion,
} from '../rooms/commitments/commitment.entity';
import type { Year } from './commitment-year';
import type { Stage } from './stage';
import type { StoryPicture } from './story';
import type { DeedTexts, DeedWords } from './words/deed-words';

/** A promise from its drafting on, with all the rows it leaves; it lives in memory until the town is written. */
export interface Deed {
  stage: Stage;
  year: Year;
  record: CommitmentRecord;
  /** The present moment of the deed. */
  at: Date;
  history: Partial<History>[];
  /** Versions, opinions, disputes, changes, ratings, orders, by entity. */
  beside: Map<EntityTarget<ObjectLiteral>, object[]>;
  /** Clocks of answers that somebody owes, also those long given. */
  clocks: Partial<DueWork>[];
  pictures: StoryPicture[];
  wording: DeedWords;
  texts: DeedTexts;
}

/** What would come next lies after today: the deed stands as it is. */
export class NotYet extends Error {}

export const commitmentTable: Lifecycle<CommitmentState, CommitmentAction> = commitmentLifecycle;

/** The twin of the room's `advance` in memory, checked against the same table. */
export function apply(deed: Deed, scene: Scene, action: CommitmentAction, step: Step): void {
  const { to, set = {}, words, facts, clocks = [] } = step;
  const { record } = scene;
  const targets = targetsOf(commitmentTable, action, record.state, []);
  const next = to ?? targets[0];
  const isKnown = to !== undefined || targets.length === 1;
  if (!next || !isKnown || !targets.includes(next) || !canDo(commitmentTable, action, record.state)) {
    throw new Error(`${action} does not lead from ${record.state} to ${String(next)}`);
  }
  deed.history.push(historyRow(scene, action, { to: next, words: words ?? null, facts: facts ?? null }));
  deed.clocks.push(...clocks);
  const moved = { ...record, ...set, state: next, stage: stageOf(commitmentTable, next), version: record.version + 1 };
  deed.record = { ...moved, ...waitingAfter(action, moved, scene, facts?.['kind'] as ChangeKind) };
}

/** What waits for somebody's word after this step. */
function waitingAfter(
  action: CommitmentAction,
  { unanswered }: CommitmentRecord,
  { actionId, caller }: Scene,
  kind: ChangeKind,
): Partial<CommitmentRecord> {
  switch (action) {
    case 'opine':
      return { unanswered: unanswered + 1 };
    case 'answerOpinion':
      return { unanswered: unanswered - 1 };
    case 'dispute':
      return { openDisputeBy: caller.personId };
    case 'uphold':
    case 'dismiss':
      return { openDisputeBy: null };
    case 'requestChange':
      return { openChange: { id: actionId, byId: caller.personId, kind } };
    case 'approveChange':
    case 'refuseChange':
      return { openChange: null };
    default:
      return {};
  }
}

/** What the room's UPDATE of an opinion, a dispute or a change writes beside the answer itself. */
const answers: Partial<Record<CommitmentAction, readonly [entity: EntityTarget<ObjectLiteral>, set: object]>> = {
  answerOpinion: [CommitmentOpinion, {}],
  uphold: [CommitmentDispute, { isOpen: null, upheld: 1 }],
  dismiss: [CommitmentDispute, { isOpen: null, upheld: 0 }],
  approveChange: [CommitmentChange, { isOpen: null, decision: 'approved' }],
  refuseChange: [CommitmentChange, { isOpen: null, decision: 'refused' }],
};

/** Answers what is open: in these stories never more than one thing of a kind. */
export function answerOpen(deed: Deed, { caller }: Scene, action: CommitmentAction, words: string | null): void {
  const [entity, set] = answers[action] ?? [];
  if (!entity) return;
  const row = rowsOf<{ answeredAt?: Date | null }>(deed, entity).find(({ answeredAt }) => !answeredAt);
  if (!row) throw new Error(`Nothing waits for ${action}`);
  const by = { answeredById: caller.personId, answeredBy: caller.name, answeredAt: caller.now };
  Object.assign(row, set, by, { answer: words });
}

export const rowsOf = <E extends object>(deed: Deed, entity: EntityTarget<ObjectLiteral>): E[] =>
  (deed.beside.get(entity) ?? []) as E[];

/**
 * Rows beside the deed, whose sums of stars follow from them. A version that is written again takes the place of the
 * first, and keeps its reason.
 */
export function keep(deed: Deed, entity: EntityTarget<ObjectLiteral>, rows: readonly object[]): void {
  const known = rowsOf<object>(deed, entity);
  if (entity === CommitmentRating) {
    const given = (rows as CommitmentRating[]).reduce((sum, { stars }) => sum + stars, 0);
    deed.record.raters += rows.length;
    deed.record.stars += given;
  }
  if (entity !== CommitmentVersion) return void deed.beside.set(entity, [...known, ...rows]);
  const versions = new Map((known as CommitmentVersion[]).map((row) => [row.number, row]));
  for (const row of rows as CommitmentVersion[]) {
    versions.set(row.number, { ...row, reason: versions.get(row.number)?.reason ?? row.reason });
  }
  deed.beside.set(entity, [...versions.values()]);
}

/**
 * The database as the effects see it here: what they insert is kept, what they update is what `apply` and `answerOpen`
 * have already done, and all they find is the change that waits: nobody rates twice.
 */
export const memoryOf = (deed: Deed): Db => {
  const insert = async (entity: EntityTarget<ObjectLiteral>, rows: readonly object[]): Promise<void> =>
    keep(deed, entity, rows);
  const openChanges = () => rowsOf<CommitmentChange>(deed, CommitmentChange).filter(({ isOpen }) => isOpen === 1);
  return {
    get vault(): never {
      throw new Error('A deed holds nothing that is sealed');
    },
    ...{ insert, upsert: insert },
    query: async <Row>(sql: string) => (sql.includes('FROM commitment_change') ? openChanges() : []) as Row[],
    write: async () => 1,
    get manager(): never {
      throw new Error('Photos of a deed are drawn, not uploaded');
    },
  };
};
