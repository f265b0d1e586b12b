import type { BindingKind } from '@sandan/shared/people/binding.words';
import { Problem } from '@sandan/shared/problems';
import { unlinkAccounts } from '../../foundation/access/unlink-accounts';
import { recordAct, townOfPerson } from '../../foundation/audit/record-act';
import { SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import type { RosterPerson } from './bindings.queries';
import { mergePerson } from './merge-person';

interface Binding {
  newcomerId: string;
  target: RosterPerson;
  kind: BindingKind;
  byId: string;
  now: Date;
}

/**
 * The WeChat account of the newcomer is the roster person's from now on. Of two phones that are bound to one person at
 * once, one wins: the other reads again and finds him bound. Returns who holds the accounts that were bound before.
 */
export async function bindPerson(db: Db, { newcomerId, target, kind, byId, now }: Binding): Promise<string[]> {
  const free = target.boundAt === null ? 'bound_at IS NULL' : 'bound_at = ?';
  const won = await db.write(
    `UPDATE person SET bound_at = ? WHERE id = ? AND ${free} AND disabled_at IS NULL AND erased_at IS NULL`,
    [now, target.id, ...(target.boundAt === null ? [] : [target.boundAt])],
  );
  if (won === 0) throw new SomebodyWasQuicker();
  await mustBeNewcomer(db, newcomerId);
  // Whatever opened this person: who came to a post by a WeChat of his own was never bound, and has one all the same.
  const unboundIds = await unlinkAccounts(db, target.id, now);
  await mergePerson(db, newcomerId, target.id, now);
  const facts = { newcomerId, bindingKind: kind, unbound: unboundIds.length };
  const townId = await townOfPerson(db, target.id, now);
  await recordAct(db, { personId: byId, now, townId }, 'bind', { thingId: target.id, facts });
  return unboundIds;
}

/** Somebody of the roster, or with a post, never becomes somebody else: his own would be closed by it. */
async function mustBeNewcomer(db: Db, personId: string): Promise<void> {
  const [newcomer] = await db.query(
    `SELECT 1 FROM person p WHERE p.id = ? AND p.household_id IS NULL AND p.bound_at IS NULL AND p.disabled_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id)`,
    [personId],
  );
  if (!newcomer) throw new Problem('binding.not-a-newcomer');
}
