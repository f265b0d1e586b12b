import { bindingLimits } from '@sandan/shared/people/binding.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import type { RosterPerson } from './bindings.queries';

const day = 24 * 60 * 60_000;

/**
 * 扫门牌码看一户有谁: names half hidden are names all the same, and photos of the papers go round. So it is written down, and
 * nobody goes from door to door with it: so many different ones within 24 hours. @throws Problem binding.too-many
 */
export async function noteLookBehind(
  db: Db,
  caller: Caller,
  householdId: string,
  people: readonly RosterPerson[],
): Promise<void> {
  // Two at once count one after the other.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
  const seen = await db.query<{ id: string }>(
    "SELECT DISTINCT thing_id AS id FROM audit_entry WHERE person_id = ? AND at > ? AND act = 'lookBehindDoor'",
    [caller.personId, new Date(caller.now.getTime() - day)],
  );
  if (seen.some(({ id }) => id === householdId)) return;
  if (seen.length >= bindingLimits.doorsADay) throw new Problem('binding.too-many');
  const gridId = people[0]?.gridId ?? null;
  const townId = gridId === null ? null : caller.reference.tree.gridOf(gridId).town;
  await recordAct(db, caller, 'lookBehindDoor', { thingId: householdId, townId, facts: { people: people.length } });
}
