import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { Teller } from './post-telling';

interface Passing {
  linkIds: readonly string[];
  memberId: string;
}

interface OpenLink {
  id: string;
  householdId: string;
  gridId: string;
  isOwn: number;
}

interface Passed {
  /** The links that began. */
  linkIds: string[];
  /** Of those given: the new member's own household, or ended by somebody meanwhile. They stay as they are. */
  left: number;
}

/**
 * 换届时联系户跟着走: the period of whoever leaves ends and that of the other begins, so that every household keeps one
 * row for each member it ever had. Nobody is linked to his own household. Both sides hear of it as of any other move.
 */
export async function passLinks(db: Db, teller: Teller, { linkIds, memberId }: Passing): Promise<Passed> {
  const links = await openLinks(db, linkIds, memberId, teller.now);
  const others = links.filter(({ isOwn }) => Number(isOwn) === 0);
  const [first] = others;
  if (!first) return { linkIds: [], left: linkIds.length };
  const eventId = newId(teller.now);
  await db.write(
    "UPDATE household_link SET ends_at = ?, end_reason = 'handover', ended_by_id = ?, ended_in = ? WHERE id IN (?)",
    [teller.now, teller.answerableId, eventId, others.map(({ id }) => id)],
  );
  const begun = others.map(({ householdId }) => ({ id: newId(teller.now), householdId }));
  for (const { id, householdId } of begun) {
    await db.write(
      `INSERT INTO household_link (id, household_id, member_id, starts_at, reason, made_by_id, made_in)
       VALUES (?, ?, ?, ?, 'handover', ?, ?)`,
      [id, householdId, memberId, teller.now, teller.answerableId, eventId],
    );
  }
  await db.write(carriedVisits, [eventId, eventId]);
  await tell(db, teller, eventId, first.gridId);
  return { linkIds: begun.map(({ id }) => id), left: linkIds.length - begun.length };
}

/** Who was visited this month stays visited, whoever is linked to him from now on. Two placeholders: the act, twice. */
const carriedVisits = `UPDATE household_link l JOIN household_link was ON was.household_id = l.household_id AND was.ended_in = ?
  SET l.last_visit_at = was.last_visit_at, l.last_visit_result = was.last_visit_result,
    l.last_tried_at = was.last_tried_at, l.tries = was.tries WHERE l.made_in = ?`;

const openLinks = async (db: Db, linkIds: readonly string[], memberId: string, now: Date): Promise<OpenLink[]> =>
  linkIds.length === 0
    ? []
    : db.query<OpenLink>(
        `SELECT l.id, l.household_id AS householdId, h.grid_id AS gridId,
           EXISTS (SELECT 1 FROM person p WHERE p.id = ? AND p.household_id = l.household_id) AS isOwn
         FROM household_link l JOIN household h ON h.id = l.household_id
         WHERE l.id IN (?) AND (l.ends_at IS NULL OR l.ends_at > ?) ORDER BY l.id FOR UPDATE`,
        [memberId, linkIds, now],
      );

async function tell(db: Db, { reference: { tree }, now, ...teller }: Teller, id: string, gridId: string) {
  const { actorId, actorName, actorRole, onBehalfId } = teller;
  const { villageId, townId } = tree.columns(gridId);
  await db.insert(History, [
    {
      ...{ id, thing: 'householdLink', thingId: villageId ?? gridId, aggregateId: id, seq: 1, townId, at: now },
      ...{ action: 'handOver', actorId, actorName, actorRole, onBehalfId, fromState: null, toState: null },
      ...{ words: null, facts: null, fannedOutAt: null },
    },
  ]);
}
