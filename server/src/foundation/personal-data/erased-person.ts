import type { Reading } from '../database/connect';
import { formerOf } from './former-telling';
import type { Sealed } from './vault';

/** What tells who somebody is, as it has to be looked for in what others wrote: as it is now and as it was before. */
export interface Telling {
  personId: string;
  /** As it is now. */
  name: string;
  householdId: string | null;
  /** Phones and identity numbers, in every way people write them. */
  numbers: readonly string[];
  /** Names that are nobody else's. */
  names: readonly string[];
  /** Another living person is called so: then the name goes only from things that this one had to do with. */
  sharedNames: readonly string[];
}

interface PersonRow {
  name: string;
  householdId: string | null;
  phone: Sealed | null;
  publishedPhone: Sealed | null;
  idNumber: Sealed | null;
}

/** Null when there is no such person. The row itself is emptied last, so that a second run still knows what to look for. */
export async function tellingOf(reading: Reading, personId: string): Promise<Telling | null> {
  const [row] = await reading.query<PersonRow>(
    `SELECT name, household_id AS householdId, phone_sealed AS phone, published_phone_sealed AS publishedPhone,
            id_number_sealed AS idNumber
     FROM person p WHERE id = ?`,
    [personId],
  );
  if (!row) return null;
  const { vault } = reading;
  const contacts = await reading.query<{ phone: Sealed }>(
    `SELECT contact_phone_sealed AS phone FROM service_order
     WHERE ${ownOrder} AND contact_phone_sealed IS NOT NULL`,
    [personId, personId, personId],
  );
  const former = await formerOf(reading, personId);
  const numbers = [
    vault.open('person.phone', row.phone),
    vault.open('person.publishedPhone', row.publishedPhone),
    vault.open('person.idNumber', row.idNumber),
    ...contacts.map(({ phone }) => vault.open('order.contactPhone', phone)),
    ...former.numbers,
  ].flatMap((number) => (number === null ? [] : waysToWrite(number)));
  const { name, householdId } = row;
  // One character is a word of every other sentence.
  const names = [...new Set([name, ...former.names])].filter((each) => [...each].length >= 2);
  const shared = await borneByOthers(reading, personId, names);
  return {
    ...{ personId, name, householdId, numbers: longestFirst([...new Set(numbers)]) },
    names: longestFirst(names.filter((each) => !shared.has(each))),
    sharedNames: longestFirst(names.filter((each) => shared.has(each))),
  };
}

/** One may be the beginning of another. */
const longestFirst = (texts: string[]): string[] => texts.sort((one, other) => other.length - one.length);

async function borneByOthers(reading: Reading, personId: string, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await reading.query<{ name: string }>(
    'SELECT DISTINCT name FROM person WHERE name IN (?) AND id <> ? AND erased_at IS NULL',
    [names, personId],
  );
  return new Set(rows.map(({ name }) => name));
}

/** An order of one's own: placed for oneself, or by others for oneself. Takes the person's id three times. */
export const ownOrder = '(beneficiary_id = ? OR (requester_id = ? AND (beneficiary_id IS NULL OR beneficiary_id = ?)))';

/** 15400001234, 154 0000 1234, 154-0000-1234. */
function waysToWrite(number: string): string[] {
  const parts = /^(\d{3})(\d{4})(\d{4})$/.exec(number)?.slice(1);
  return parts ? [number, parts.join(' '), parts.join('-')] : [number];
}

/** Whatever the person had to do with: the things that another one of the same name is not meant in. */
export async function thingsTouched(reading: Reading, personId: string): Promise<string[]> {
  const rows = await reading.query<{ id: string }>(
    touching.map((sql) => `SELECT ${sql}`).join(' UNION '),
    touching.map(() => personId),
  );
  return rows.map(({ id }) => id);
}
const sameHome = 'JOIN person p ON p.household_id = x.household_id WHERE p.id = ?';
const touching = [
  'id FROM service_order WHERE requester_id = ?',
  'id FROM service_order WHERE beneficiary_id = ?',
  ...['order_party', 'order_answer', 'order_subject', 'task_claim'].map(
    (table) => `order_id FROM ${table} WHERE person_id = ?`,
  ),
  'aggregate_id FROM history WHERE actor_id = ?',
  ...['person_id', 'author_id', 'responsible_id'].map((column) => `id FROM commitment WHERE ${column} = ?`),
  ...['opinion', 'correction', 'account_closing'].map((table) => `id FROM ${table} WHERE person_id = ?`),
  'debtor_id FROM commitment_debtor WHERE debtor_id = ?',
  // What is about the person himself: his posts.
  'id FROM person WHERE id = ?',
  ...['person_id', 'target_id'].map((column) => `id FROM binding_request WHERE ${column} = ?`),
  ...['person_id', 'member_id', 'new_member_id'].map((column) => `id FROM link_request WHERE ${column} = ?`),
  ...['member_id', 'met_person_id'].map((column) => `id FROM visit WHERE ${column} = ?`),
  'visit_id FROM sweep_person WHERE person_id = ?',
  'id FROM sweep_visit WHERE by_id = ?',
  'id FROM sweep WHERE set_by_id = ?',
  ...['tree_change', 'handover'].map((table) => `id FROM ${table} WHERE by_id = ?`),
  ...['plan', 'done'].map((column) => `id FROM handover WHERE LOCATE(?, ${column}) > 0`),
  // What was said at the own door.
  ...['binding_request', 'visit'].map((table) => `x.id FROM ${table} x ${sameHome}`),
  `v.id FROM sweep_visit v JOIN sweep_target x ON x.id = v.target_id ${sameHome}`,
];
