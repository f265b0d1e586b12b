import type { Db } from '../foundation/database/connect';
import { History } from '../foundation/outbox/history.entity';
import { Showcase, ShowcaseContestant, ShowcaseJudge, ShowcaseScore } from '../rooms/commitments/showcase.entity';
import { insertAll } from './order-rows';
import type { Staged } from './showcase';

/** All rows, root first. */
export async function writeShowcases(db: Db, staged: readonly Staged[]): Promise<void> {
  await db.insert(
    Showcase,
    staged.map(
      ({ record: { contestantIds: _contestants, judges: _judges, scores: _scores, ...showcase } }) => showcase,
    ),
  );
  await db.insert(
    ShowcaseContestant,
    staged.flatMap(({ record: { id, contestantIds } }) =>
      contestantIds.map((organizationId, position) => ({ showcaseId: id, organizationId, position })),
    ),
  );
  await db.insert(
    ShowcaseJudge,
    staged.flatMap(({ record: { id, judges } }) => judges.map(({ personId }) => ({ showcaseId: id, personId }))),
  );
  await insertAll(
    db,
    ShowcaseScore,
    staged.flatMap(({ marks }) => marks),
  );
  await insertAll(
    db,
    History,
    staged.flatMap(({ history }) => history),
  );
}
