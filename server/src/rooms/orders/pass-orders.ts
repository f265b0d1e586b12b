import type { HouseholdEventKind } from '@sandan/shared/households/household-events.words';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { systemAt } from '../../foundation/lifecycle/move-row';
import { History } from '../../foundation/outbox/history.entity';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';

/** Who leaves the house leaves what it is waiting for to those who stay. */
const leaving: readonly string[] = [
  'death',
  'marriageOut',
  'moveOut',
  'division',
] satisfies readonly HouseholdEventKind[];

interface OpenOrder {
  id: string;
  version: number;
  state: string;
  townId: string | null;
  headId: string;
}

/**
 * 死亡、婚嫁、分户: open orders of the household go to its contact, the head (domain.md §6). A confidential one stays the
 * requester's alone: nobody else of the house may learn of it.
 */
export const passOrders: Reaction = {
  name: 'orders.pass',
  wants: ({ thing, action }) => thing === 'household' && leaving.includes(action),
  run: async (db, event) => {
    const personIds = Array.isArray(event.facts?.['personIds']) ? event.facts['personIds'] : [];
    if (personIds.length === 0) return;
    const orders = await db.query<OpenOrder>(
      `SELECT o.id, o.version, o.state, o.town_id AS townId, h.head_person_id AS headId
       FROM service_order o JOIN household h ON h.id = o.household_id
       WHERE o.household_id = ? AND o.stage IN ('open', 'working') AND o.visibility <> 'confidential'
         AND o.requester_id IN (?) AND h.head_person_id IS NOT NULL FOR UPDATE`,
      [event.thingId, personIds],
    );
    for (const order of orders) await passOn(db, order, event);
  },
};

async function passOn(db: Db, { id, version, state, townId, headId }: OpenOrder, event: DomainEvent): Promise<void> {
  await db.write(
    `UPDATE service_order o JOIN person p ON p.id = ? SET o.requester_id = p.id, o.contact_name = p.name,
       o.contact_phone_sealed = NULL, o.version = o.version + 1 WHERE o.id = ?`,
    [headId, id],
  );
  const { personId, name } = systemAt(event.at);
  await db.insert(History, [
    {
      ...{ id: newId(event.at), thing: 'order', thingId: id, aggregateId: id, seq: version + 1, townId },
      ...{ action: 'correctPerson', actorId: personId, actorName: name, actorRole: 'system', onBehalfId: headId },
      ...{
        at: event.at,
        fromState: state,
        toState: state,
        words: '家里有变化，由户主接着跟进。',
        facts: null,
        fannedOutAt: null,
      },
    },
  ]);
}
