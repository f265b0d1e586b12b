import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { History } from '../foundation/outbox/history.entity';
import { Photo } from '../foundation/photos/photo.entity';
import { deedClock } from '../rooms/commitments/commitment-clocks';
import type { CommitmentRecord } from '../rooms/commitments/commitment-record';
import {
  Commitment,
  CommitmentChange,
  CommitmentDispute,
  CommitmentHelper,
  CommitmentOpinion,
  CommitmentOrder,
  CommitmentRating,
  CommitmentVersion,
} from '../rooms/commitments/commitment.entity';
import { Debtor, Round } from '../rooms/commitments/round.entity';
import type { Year } from './commitment-year';
import { rowsOf, type Deed } from './deed';
import { dayMs } from './deed-steps';
import { insertAll, photoRow } from './order-rows';
import type { Picture } from './pictures';
import type { Random } from './random';
import type { SceneName } from './scenes';

export interface Promises {
  years: Year[];
  deeds: Deed[];
}

const besides = [
  ...[CommitmentVersion, CommitmentOpinion, CommitmentDispute, CommitmentChange, CommitmentRating, CommitmentOrder],
];

/** All rows, root first. */
export async function writePromises(
  db: Db,
  { years, deeds }: Promises,
  pictures: Record<SceneName, Picture>,
  random: Random,
): Promise<void> {
  await db.insert(
    Round,
    years.map(({ round }) => round),
  );
  await insertAll(
    db,
    Debtor,
    years.flatMap(({ debtors }) => debtors),
  );
  await insertAll(
    db,
    Commitment,
    deeds.map(({ record }) => rowOf(record)),
  );
  for (const entity of besides) {
    await insertAll(
      db,
      entity,
      deeds.flatMap((deed) => rowsOf<object>(deed, entity)),
    );
  }
  await insertAll(
    db,
    CommitmentHelper,
    deeds.flatMap(({ record }) => record.helperIds.map((personId) => ({ commitmentId: record.id, personId }))),
  );
  await insertAll(
    db,
    History,
    [...years, ...deeds].flatMap(({ history }) => history),
  );
  await insertAll(
    db,
    DueWork,
    deeds.flatMap((deed) => clocksOf(deed, deed.stage.today)),
  );
  await insertAll(
    db,
    Photo,
    deeds.flatMap((deed) => deed.pictures.map((each) => photoRow(each, pictures, random))),
  );
}

/**
 * 践诺期限 of what is public and not delivered yet, and the clocks of answers that are still owed. What would have rung
 * before the first day is not rung again.
 */
function clocksOf(deed: Deed, today: Date): Partial<DueWork>[] {
  const { record, year } = deed;
  if (year.isClosed) return [];
  const running = record.state === 'published' ? [deedClock(record, today)] : [];
  const opinions = rowsOf<CommitmentOpinion>(deed, CommitmentOpinion).filter(({ answeredAt }) => !answeredAt);
  const waiting = new Set([...opinions.map(({ id }) => id), ...(record.state === 'disputed' ? [record.id] : [])]);
  const tomorrow = new Date(today.getTime() + dayMs);
  const owed = deed.clocks.filter(({ thingId }) => waiting.has(thingId ?? ''));
  return [...running, ...owed.map((clock) => ({ ...clock, nextAt: laterOf(clock.dueAt ?? tomorrow, tomorrow) }))];
}

const laterOf = (one: Date, other: Date): Date => (one > other ? one : other);

/** The deed's own columns out of all that a decision needs to know. */
function rowOf({
  roundState: _state,
  roundYear: _year,
  roundEndsOn: _end,
  roundOrganizationId: _organization,
  helperIds: _helpers,
  openChange: _change,
  openDisputeBy: _disputer,
  unanswered: _unanswered,
  heldWords: _held,
  myOpinionId: _opinion,
  myStars: _stars,
  repeat: _repeat,
  personName: _person,
  responsibleName: _responsible,
  ...commitment
}: CommitmentRecord): Commitment {
  return commitment;
}
