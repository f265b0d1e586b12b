import { erasedName } from '@sandan/shared/privacy/privacy.words';
import { endCaresOf, releaseWardsOf, revokeProxiesOf } from '../access/ended-ties';
import { endPostsOf } from '../access/other-grants';
import { dropPhotos, noteVoices } from '../photos/drop-files';
import type { Db, SqlValue } from '../database/connect';
import { ownOrder, tellingOf, thingsTouched, type Telling } from './erased-person';
import { forgetUnderSeals, someNumber, somebody } from './erasure-seals';
import { erasureTable, textlessRows, type Erasure } from './erasure-table';
import type { Sealed } from './vault';

type How = Extract<Erasure, object>;
const isWords = (how: Erasure): how is { words: string } => typeof how === 'object' && 'words' in how;
const isAnybodys = (how: Erasure): boolean =>
  isWords(how) || (typeof how === 'object' && ('sealedWords' in how || 'staged' in how));

/** Tables in which anybody may have written about anybody: one step each. */
const tablesOfWords = Object.keys(erasureTable).filter((table) =>
  Object.values(erasureTable[table] ?? {}).some(isAnybodys),
);

/** The steps of an erasure, in order; each is one transaction and may be repeated. The person's own row comes last. */
export const erasureSteps: readonly string[] = ['doors', ...tablesOfWords, 'own'];

/** Runs one step. Does nothing for a person who is not there. */
export async function runErasureStep(db: Db, personId: string, step: string, now: Date): Promise<void> {
  const telling = await tellingOf(db, personId);
  if (!telling) return;
  if (step === 'doors') return closeDoors(db, personId, now);
  if (step === 'own') return emptyOwn(db, telling, now);
  await replaceWords(db, telling, step);
  await forgetUnderSeals(db, telling, step);
}

/** What is due does it. */
const nobody = (now: Date) => ({ personId: null, now, townId: null });

/** From here on nobody comes in as this person, and nothing is handed to them. */
async function closeDoors(db: Db, personId: string, now: Date): Promise<void> {
  await db.write('UPDATE person SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ?', [now, personId]);
  await db.write('UPDATE session SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL', [now, personId]);
  const open = '(ends_at IS NULL OR ends_at > ?)';
  const by = nobody(now);
  await endPostsOf(db, by, [personId]);
  await endCaresOf(db, by, 'carer_id', [personId]);
  await revokeProxiesOf(db, by, [personId]);
  await releaseWardsOf(db, by, [personId]);
  await db.write(`UPDATE household_link SET ends_at = ?, end_reason = 'memberLeft' WHERE member_id = ? AND ${open}`, [
    ...[now, personId, now],
  ]);
}

/** Names and numbers in whatever anybody wrote in this table: in one pass, however many there are. */
async function replaceWords(db: Db, telling: Telling, table: string): Promise<void> {
  const byThing = new Map<string, string[]>();
  for (const [column, how] of Object.entries(erasureTable[table] ?? {})) {
    if (isWords(how)) byThing.set(how.words, [...(byThing.get(how.words) ?? []), column]);
  }
  const { numbers, names, sharedNames, personId } = telling;
  for (const [thing, columns] of byThing) {
    const texts = [...numbers.map((text) => [text, someNumber] as const), ...inPlaceOf(names)];
    await replace(db, table, columns, texts);
    if (sharedNames.length === 0) continue;
    await replace(db, table, columns, inPlaceOf(sharedNames), { thing, ids: await thingsTouched(db, personId) });
  }
}

const inPlaceOf = (names: readonly string[]) => names.map((text) => [text, somebody] as const);

async function replace(
  db: Db,
  table: string,
  columns: readonly string[],
  texts: readonly (readonly [text: string, instead: string])[],
  only: { thing: string; ids: readonly string[] } | null = null,
): Promise<void> {
  if (texts.length === 0 || only?.ids.length === 0) return;
  const replaced = (column: string) => texts.reduce((sql) => `REPLACE(${sql}, ?, ?)`, `\`${column}\``);
  const set = columns.map((column) => `\`${column}\` = ${replaced(column)}`).join(', ');
  const found = columns.flatMap((column) => texts.map(() => `LOCATE(?, \`${column}\`) > 0`)).join(' OR ');
  await db.write(`UPDATE ${table} SET ${set} WHERE (${found})${only ? ` AND ${only.thing} IN (?)` : ''}`, [
    ...columns.flatMap(() => texts.flat()),
    ...columns.flatMap(() => texts.map(([text]) => text)),
    ...(only ? [only.ids] : []),
  ]);
}

/** Everything that stands in rows of the person's own. */
async function emptyOwn(db: Db, telling: Telling, now: Date): Promise<void> {
  const { personId } = telling;
  await forgetOrders(db, telling);
  await forgetFiles(db, personId, now);
  await leaveHousehold(db, telling, now);
  for (const [table, person] of Object.entries(textlessRows)) {
    await db.write(`DELETE FROM ${table} WHERE ${person} = ?`, [personId]);
  }
  await db.write('UPDATE household_link SET stand_in_id = NULL WHERE stand_in_id = ?', [personId]);
  for (const [table, texts] of Object.entries(erasureTable)) {
    const hows = Object.entries(texts).filter((entry): entry is [string, How] => typeof entry[1] === 'object');
    for (const { sql, values } of statementsOn(table, hows, personId)) await db.write(sql, values);
  }
  await db.write('UPDATE person SET agreed_notice = 0, large_type = 0, erased_at = ? WHERE id = ?', [now, personId]);
}

interface Statement {
  sql: string;
  values: SqlValue[];
}

function statementsOn(table: string, hows: readonly [column: string, how: How][], personId: string): Statement[] {
  const goes = new Set(hows.flatMap(([, how]) => ('rowOf' in how ? [how.rowOf] : [])));
  const gone = [...goes].map((person) => ({ sql: `DELETE FROM ${table} WHERE ${person} = ?`, values: [personId] }));
  const emptied = hows.flatMap(([column, how]): Statement[] => {
    if ('nameOf' in how) {
      return [{ sql: `UPDATE ${table} SET ${column} = ? WHERE ${how.nameOf} = ?`, values: [erasedName, personId] }];
    }
    if (!('emptied' in how)) return [];
    return [{ sql: `UPDATE ${table} SET ${column} = NULL WHERE ${how.emptied} = ?`, values: [personId] }];
  });
  return [...gone, ...emptied];
}

/** Contact, address and the exact spot; which village it was stays, for the figures. */
const forgotten = `contact_name = NULL, contact_phone_sealed = NULL, address_sealed = NULL, best_time = NULL,
  beneficiary_name = NULL, lat = NULL, lng = NULL`;

async function forgetOrders(db: Db, { personId, names, sharedNames, numbers }: Telling): Promise<void> {
  const own = [personId, personId, personId];
  await db.write(`UPDATE service_order SET ${forgotten}, household_id = NULL WHERE ${ownOrder}`, own);
  const touched = await thingsTouched(db, personId);
  for (const column of ['contact_name', 'beneficiary_name']) {
    const named = `UPDATE service_order SET ${forgotten} WHERE ${column} IN (?)`;
    if (names.length > 0) await db.write(named, [names]);
    if (sharedNames.length > 0 && touched.length > 0) await db.write(`${named} AND id IN (?)`, [sharedNames, touched]);
  }
  if (touched.length === 0) return;
  const others = await db.query<{ id: string; phone: Sealed }>(
    'SELECT id, contact_phone_sealed AS phone FROM service_order WHERE id IN (?) AND contact_phone_sealed IS NOT NULL',
    [touched],
  );
  const theirs = others.filter(({ phone }) => numbers.includes(db.vault.open('order.contactPhone', phone)));
  if (theirs.length === 0) return;
  await db.write('UPDATE service_order SET contact_phone_sealed = NULL WHERE id IN (?)', [theirs.map(({ id }) => id)]);
}

/**
 * Pictures that the person took for own orders, and whatever was never handed in, go; pictures of work done for others
 * belong to the record of that work (档案). The files themselves are taken away by housekeeping.
 */
async function forgetFiles(db: Db, personId: string, now: Date): Promise<void> {
  const pictures = `owner_id = ? AND (thing_id IS NULL OR thing_kind IN ('order', 'profile') OR thing_id IN (
    SELECT id FROM history WHERE actor_id = ? AND actor_role = 'resident'))`;
  await dropPhotos(db, pictures, [personId, personId], now);
  await noteVoices(db, 'owner_id = ?', [personId], now);
}

/** Where nobody is left, the household is closed: its door stays, as a place; what was noted of it goes. */
async function leaveHousehold(db: Db, { personId, householdId }: Telling, now: Date): Promise<void> {
  await db.write('UPDATE household SET head_person_id = NULL WHERE head_person_id = ?', [personId]);
  if (householdId === null) return;
  const [left] = await db.query<{ others: number }>(
    'SELECT COUNT(*) AS others FROM person WHERE household_id = ? AND id <> ?',
    [householdId, personId],
  );
  if (Number(left?.others) > 0) return;
  await db.write('DELETE FROM household_flag WHERE household_id = ?', [householdId]);
  await endCaresOf(db, nobody(now), 'household_id', [householdId]);
  await db.write('DELETE FROM care_relation WHERE household_id = ?', [householdId]);
  // What was said and seen at that door was said by, or of, the one who lived there; that somebody came stays.
  const visits = 'SELECT id FROM visit WHERE household_id = ?';
  const sweptHere = 'SELECT id FROM sweep_target WHERE household_id = ?';
  const seen = `thing_kind = 'visit' AND thing_id IN (${visits}) OR
    thing_kind = 'sweepVisit' AND thing_id IN (SELECT id FROM sweep_visit WHERE target_id IN (${sweptHere}))`;
  await dropPhotos(db, seen, [householdId, householdId], now);
  await db.write(`UPDATE sweep_visit SET said_sealed = NULL WHERE target_id IN (${sweptHere})`, [householdId]);
  await db.write(`DELETE FROM visit_version WHERE visit_id IN (${visits})`, [householdId]);
  await db.write('UPDATE visit SET words = NULL, met_words = NULL, lat = NULL, lng = NULL WHERE household_id = ?', [
    householdId,
  ]);
  await db.write(
    `UPDATE household_link SET ends_at = ?, end_reason = 'closed'
     WHERE household_id = ? AND (ends_at IS NULL OR ends_at > ?)`,
    [now, householdId, now],
  );
  await db.write('UPDATE household SET closed_at = COALESCE(closed_at, ?) WHERE id = ?', [now, householdId]);
}
