import type { Actor, Caller } from '../../foundation/access/caller';
import { heldPosts, postsBeyond } from '../../foundation/access/posts-beyond';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { endFlagsOf, endTiesOf } from './leave-house';

/** Whose death is not the caller's to write down: his own, and of whom the level above ends the post first. */
export async function deathsBeyond(db: Reading, caller: Caller, personIds: readonly string[]): Promise<string[]> {
  const own = personIds.filter((id) => id === caller.personId);
  return [...new Set([...own, ...(await postsBeyond(db, caller, personIds))])];
}

/**
 * 去世, by hand or by a roster: nobody comes in as him any more, and what hung on him ends. His posts are ended by
 * their own room, which reacts to the row of history (`person.die`). Whoever calls has asked `deathsBeyond` before, and says
 * by which post he may.
 */
export async function recordDeaths(db: Db, caller: Caller, personIds: readonly string[], actor: Actor): Promise<void> {
  if (personIds.length === 0) return;
  const { now } = caller;
  await db.write('UPDATE person SET disabled_at = ? WHERE id IN (?)', [now, personIds]);
  await endFlagsOf(db, now, personIds);
  await endTiesOf(db, caller, personIds);
  // Every process counts vacancies anew: 代管 begins at once where he sat at a desk.
  if ((await heldPosts(db, personIds, now)).length > 0) await makeReadAnew(db);
  await tellOfDeaths(db, now, personIds, actor);
}

async function tellOfDeaths(db: Db, now: Date, personIds: readonly string[], actor: Actor): Promise<void> {
  const rows = await db.query<{ id: string; townId: string | null }>(
    `SELECT p.id, g.town_id AS townId FROM person p LEFT JOIN household h ON h.id = p.household_id
       LEFT JOIN grid g ON g.id = h.grid_id WHERE p.id IN (?)`,
    [personIds],
  );
  await db.insert(
    History,
    rows.map(({ id, townId }) => ({
      ...{ id: newId(now), thing: 'person', thingId: id, aggregateId: id, seq: 0, townId, action: 'die', at: now },
      ...actor,
      ...{ fromState: null, toState: null, words: null, facts: null, fannedOutAt: null },
    })),
  );
}
