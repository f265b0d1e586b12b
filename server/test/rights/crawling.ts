import type { Reading } from '../../src/foundation/database/connect';

/** Phones that may be read in the clear: the own one, published ones, those of orders in hand. */
export async function secretPhones(reading: Reading, ownId: string): Promise<Set<string>> {
  const rows = await reading.query<{ phone: never; published: never }>(
    `SELECT phone_sealed AS phone, published_phone_sealed AS published FROM person WHERE phone_sealed IS NOT NULL AND id <> ?`,
    [ownId],
  );
  const inHand = await reading.query<{ phone: never }>(
    `SELECT o.contact_phone_sealed AS phone FROM service_order o WHERE o.contact_phone_sealed IS NOT NULL AND (
       o.requester_id = ? OR EXISTS (SELECT 1 FROM task_claim c WHERE c.order_id = o.id AND c.person_id = ?))`,
    [ownId, ownId],
  );
  const shown = new Set([
    ...rows.map(({ published }) => reading.vault.open('person.publishedPhone', published)),
    ...inHand.map(({ phone }) => reading.vault.open('order.contactPhone', phone)),
  ]);
  const phones = rows.map(({ phone }) => String(reading.vault.open('person.phone', phone)));
  return new Set(phones.filter((phone) => !shown.has(phone)));
}
