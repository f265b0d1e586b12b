import { recordAct, type Doer } from '../audit/record-act';
import type { Db } from '../database/connect';

/** 代办: nobody acts any more for these people, nor they for others: a change of rights, each written down. */
export async function revokeProxiesOf(db: Db, by: Doer, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  for (const column of ['agent_id', 'person_id']) {
    const consents = await db.query<{ id: string; personId: string }>(
      `SELECT id, person_id AS personId FROM proxy_consent WHERE ${column} IN (?) AND revoked_at IS NULL FOR UPDATE`,
      [gone],
    );
    for (const { id, personId } of consents) {
      await db.write('UPDATE proxy_consent SET revoked_at = ?, revoked_by_id = ? WHERE id = ?', [
        ...[by.now, by.personId, id],
      ]);
      await recordAct(db, by, 'revokeProxy', { thingId: personId, facts: { proxyId: id } });
    }
  }
}

/** 监护人: the children that these people answered for have none by name, until another one is named. */
export async function releaseWardsOf(db: Db, by: Doer, gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  const wards = await db.query<{ id: string }>('SELECT id FROM person WHERE guardian_id IN (?) FOR UPDATE', [gone]);
  for (const { id } of wards) {
    await db.write('UPDATE person SET guardian_id = NULL WHERE id = ?', [id]);
    await recordAct(db, by, 'nameGuardian', { thingId: id, facts: { guardianId: null } });
  }
}

/** 照看: those who cared, or the households that were cared for. */
export async function endCaresOf(
  db: Db,
  by: Doer,
  column: 'carer_id' | 'household_id',
  gone: readonly string[],
): Promise<void> {
  if (gone.length === 0) return;
  const cares = await db.query<{ id: string; householdId: string }>(
    `SELECT id, household_id AS householdId FROM care_relation WHERE ${column} IN (?) AND open_mark = 1 FOR UPDATE`,
    [gone],
  );
  for (const { id, householdId } of cares) {
    await db.write(
      "UPDATE care_relation SET state = 'ended', open_mark = NULL, ended_by_id = ?, ends_at = ? WHERE id = ?",
      [by.personId, by.now, id],
    );
    await recordAct(db, by, 'endCare', { thingId: householdId, facts: { careId: id } });
  }
}
