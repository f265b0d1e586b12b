import type { Role } from '@sandan/shared/access/roles';
import type { FlagGround, Relation, Residence } from '@sandan/shared/households/household.words';
import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';

export interface OrderMine {
  placedAt: Date;
  categoryId: string;
  state: OrderState;
  words: string | null;
  address: Sealed | null;
  contactName: string | null;
  contactPhone: Sealed | null;
}

/** Whose data, and who reads it: the same person, or who answers for a child. */
export interface Reader {
  readonly personId: string;
  readonly readerId: string;
}

/**
 * 保密的单子 are told to whoever asked for them and to nobody else (domain.md §3.5): not to the one they are for, and what a
 * child has asked for by itself not to its guardian, whom it may be about.
 */
export const myOrders = (reading: Reading, { personId, readerId }: Reader): Promise<OrderMine[]> =>
  reading.query<OrderMine>(
    `SELECT placed_at AS placedAt, category_id AS categoryId, state, words, address_sealed AS address,
            contact_name AS contactName, contact_phone_sealed AS contactPhone
     FROM service_order WHERE (requester_id = ? OR beneficiary_id = ?)
       AND (visibility <> 'confidential' OR requester_id = ?) ORDER BY placed_at`,
    [personId, personId, readerId],
  );

export interface PersonMine {
  name: string;
  nickname: string | null;
  phone: Sealed | null;
  publishedPhone: Sealed | null;
  idNumber: Sealed | null;
  bornOn: string | null;
  relation: Relation | null;
  residence: Residence | null;
  createdAt: Date;
  householdId: string | null;
  gridId: string | null;
  door: Sealed | null;
  skills: string | null;
}

export async function myself(reading: Reading, personId: string): Promise<PersonMine | null> {
  const [row] = await reading.query<PersonMine>(
    `SELECT p.name, p.phone_sealed AS phone, p.published_phone_sealed AS publishedPhone, p.id_number_sealed AS idNumber,
            p.born_on AS bornOn, p.relation, p.residence, p.created_at AS createdAt, p.household_id AS householdId,
            h.grid_id AS gridId, h.door_sealed AS door,
            (SELECT f.nickname FROM profile f WHERE f.person_id = p.id) AS nickname,
            (SELECT GROUP_CONCAT(k.skill ORDER BY k.skill) FROM person_skill k WHERE k.person_id = p.id) AS skills
     FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id = ?`,
    [personId],
  );
  return row ?? null;
}

export const householdMates = (
  reading: Reading,
  householdId: string,
  personId: string,
): Promise<{ name: string; relation: Relation | null }[]> =>
  reading.query('SELECT name, relation FROM person WHERE household_id = ? AND id <> ? ORDER BY name', [
    ...[householdId, personId],
  ]);

export const myFlags = (
  reading: Reading,
  { personId, householdId }: { personId: string; householdId: string | null },
): Promise<{ flag: Sealed; ground: FlagGround | null; since: string; ofHouse: number; endedAt: Date | null }[]> =>
  reading.query(
    `SELECT flag_sealed AS flag, ground, since, person_id IS NULL AS ofHouse, ended_at AS endedAt FROM household_flag
     WHERE person_id = ? OR (person_id IS NULL AND household_id = ?) ORDER BY since`,
    [personId, householdId],
  );

/** What somebody did or was told, as it stands: a moment and some columns of text. */
export interface PlainRow {
  at: Date;
  [column: string]: string | number | Date | null;
}

/** What somebody has read or said of his own confidential orders is his; another reader finds it where he asked himself. */
const toldTo = (orderId: string): string => `AND (x.person_id = ? OR NOT EXISTS (SELECT 1 FROM service_order o
    WHERE o.id = ${orderId} AND o.visibility = 'confidential' AND o.requester_id <> ?))`;

/** These ask for the reader, too. */
const aboutOrders = {
  answers: `SELECT x.at, x.stars, x.words FROM order_answer x WHERE x.person_id = ? ${toldTo('x.order_id')} ORDER BY x.at`,
  joined: `SELECT x.at, x.words FROM order_party x WHERE x.person_id = ? ${toldTo('x.order_id')} ORDER BY x.at`,
  messages: `SELECT x.at, x.title, x.words FROM message x
    WHERE x.person_id = ? ${toldTo("IF(x.about = 'order', x.about_id, NULL)")} ORDER BY x.at`,
  voices: `SELECT x.at, x.seconds, x.words FROM (SELECT owner_id AS person_id, thing_id, created_at AS at, seconds, words FROM voice_note) x
    WHERE x.person_id = ? ${toldTo('x.thing_id')} ORDER BY x.at`,
  calls: `SELECT n.since AS at, n.reason, n.state, n.tries, n.words FROM service_order o JOIN call_note n ON n.order_id = o.id
    WHERE o.requester_id = ? AND (o.visibility <> 'confidential' OR o.requester_id IN (?, ?)) ORDER BY n.since`,
} as const;

const plain = {
  ratings: `SELECT r.at, c.title, r.stars, r.words FROM commitment_rating r JOIN commitment c ON c.id = r.commitment_id
    WHERE r.person_id = ? ORDER BY r.at`,
  complaints: `SELECT x.at, c.field, x.reason, x.words, x.outcome FROM content_complaint x
    JOIN content_check c ON c.id = x.check_id WHERE x.person_id = ? ORDER BY x.at`,
  checks: 'SELECT created_at AS at, field, state, reason FROM content_check WHERE author_id = ? ORDER BY created_at',
  opinions: 'SELECT at, words, answer FROM opinion WHERE person_id = ? ORDER BY at',
  commitments: `SELECT drafted_at AS at, title, words, deadline FROM commitment WHERE person_id = ? ORDER BY drafted_at`,
  claims: `SELECT c.at, IF(o.visibility = 'confidential', '保密的单子', o.title) AS title FROM task_claim c JOIN service_order o ON o.id = c.order_id
    WHERE c.person_id = ? ORDER BY c.at`,
  activities: `SELECT x.joined_at AS at, a.title, x.came_at AS came, x.left_at AS leftAt FROM activity_person x
    JOIN activity a ON a.id = x.activity_id WHERE x.person_id = ? ORDER BY x.joined_at`,
  photos: 'SELECT created_at AS at, width, height FROM photo WHERE owner_id = ? ORDER BY created_at',
  cameToUs: `SELECT v.at, p.name AS who, v.result, IF(v.met_person_id = me.id, v.words, NULL) AS words
    FROM person me JOIN visit v ON v.household_id = me.household_id JOIN person p ON p.id = v.member_id
    WHERE me.id = ? ORDER BY v.at`,
  caring: `SELECT asked_at AS at, kinship, state, starts_at AS since, ends_at AS until FROM care_relation
    WHERE carer_id = ? ORDER BY asked_at`,
  caredFor: `SELECT c.asked_at AS at, p.name AS who, c.kinship, c.state, c.starts_at AS since, c.ends_at AS until
    FROM person me JOIN care_relation c ON c.household_id = me.household_id JOIN person p ON p.id = c.carer_id
    WHERE me.id = ? ORDER BY c.asked_at`,
  proxies: `SELECT x.recorded_at AS at, p.name AS who, x.how, x.starts_on AS since, x.ends_on AS until, x.revoked_at AS revoked
    FROM proxy_consent x JOIN person p ON p.id = x.agent_id WHERE x.person_id = ? ORDER BY x.recorded_at`,
  agentFor: `SELECT x.recorded_at AS at, p.name AS who, x.how, x.starts_on AS since, x.ends_on AS until, x.revoked_at AS revoked
    FROM proxy_consent x JOIN person p ON p.id = x.person_id WHERE x.agent_id = ? ORDER BY x.recorded_at`,
  bindings: `SELECT b.asked_at AS at, b.kind, b.state, b.said_head AS head, b.decision
    FROM (SELECT id FROM binding_request WHERE person_id = ? UNION SELECT id FROM binding_request WHERE target_id = ?) mine
      JOIN binding_request b ON b.id = mine.id ORDER BY b.asked_at`,
  linkRequests: 'SELECT at, words, answer FROM link_request WHERE person_id = ? ORDER BY at',
  events: 'SELECT at, kind, happened_on AS day FROM household_event WHERE person_id = ? ORDER BY at',
  agreed: `SELECT COALESCE(s.chosen_at, a.created_at) AS at, t.kind, s.choice, GREATEST(s.by_app, s.by_push) AS times, s.used
    FROM wechat_account a JOIN subscription s ON s.openid = a.openid JOIN message_template t ON t.template_id = s.template_id
    WHERE a.person_id = ? ORDER BY at`,
  onWechat: `SELECT at, template AS kind, state FROM wechat_message WHERE person_id = ? AND kind <> 'test' ORDER BY at`,
  signIns: `SELECT at, JSON_VALUE(facts, '$.channel') AS channel FROM audit_entry
    WHERE person_id = ? AND act = 'signIn' ORDER BY at`,
} as const;
type OrderSection = keyof typeof aboutOrders;
export type PlainSection = OrderSection | keyof typeof plain;

const isAboutOrders = (section: PlainSection): section is OrderSection => section in aboutOrders;

export const plainRows = (
  reading: Reading,
  section: PlainSection,
  { personId, readerId }: Reader,
): Promise<PlainRow[]> =>
  isAboutOrders(section)
    ? reading.query<PlainRow>(aboutOrders[section], [personId, readerId, readerId])
    : reading.query<PlainRow>(plain[section], Array<string>(plain[section].split('?').length - 1).fill(personId));

export interface PostMine {
  role: Role;
  nodeId: string;
  startsAt: Date;
  endsAt: Date | null;
}

export const myPosts = (reading: Reading, personId: string): Promise<PostMine[]> =>
  reading.query<PostMine>(
    `SELECT role, node_id AS nodeId, starts_at AS startsAt, ends_at AS endsAt FROM role_grant WHERE person_id = ? ORDER BY starts_at`,
    [personId],
  );

export async function exportsSince(reading: Reading, personId: string, since: Date): Promise<number> {
  const [row] = await reading.query<{ exports: number }>(
    "SELECT COUNT(*) AS exports FROM audit_entry WHERE person_id = ? AND act = 'exportMine' AND at >= ?",
    [personId, since],
  );
  return Number(row?.exports ?? 0);
}
