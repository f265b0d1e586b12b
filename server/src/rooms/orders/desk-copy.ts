import { newId } from '../../foundation/ids';
import type { Db } from '../../foundation/database/connect';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { History } from '../../foundation/outbox/history.entity';
import { basisOf, type Actor } from './advance';
import { startClock } from './order-clocks';
import type { OrderRecord } from './order-record';
import { Order, OrderSubject } from './order.entity';
import { fingerprintOf } from '../../foundation/fingerprint';
import { freshRecord, newOrder } from './order-rows';

/** 隐患: a danger does not go away with the order that told of it; the desk goes on under its own name (domain.md §3.2). */
export const copyForDesk =
  (record: OrderRecord, actor: Actor) =>
  async (db: Db): Promise<void> => {
    const id = newId(actor.now);
    const order = newOrder(actor, {
      ...placeOf(record),
      id,
      source: 'patrol',
      categoryId: record.categoryId,
      urgency: record.urgency,
      visibility: record.visibility === 'confidential' ? 'confidential' : 'normal',
      deskPersonId: record.deskPersonId,
      title: record.title,
      deskKind: record.deskKind,
      words: record.words,
      address: record.address,
      lat: record.lat,
      lng: record.lng,
      followsId: record.id,
      fingerprint: fingerprintOf({ followsWithdrawn: record.id }),
    });
    const clock = startClock('study', basisOf(freshRecord(order), actor));
    await db.insert(Order, [{ ...order, dueAt: clock.dueAt }]);
    await db.insert(
      OrderSubject,
      record.subjectIds.map((personId) => ({ orderId: id, personId })),
    );
    await db.insert(DueWork, [clock]);
    await db.insert(History, [
      {
        id: newId(actor.now),
        thing: 'order',
        thingId: id,
        aggregateId: id,
        seq: 1,
        townId: order.townId,
        action: 'place',
        actorId: null,
        actorName: '系统',
        actorRole: 'system',
        at: actor.now,
        fromState: null,
        toState: 'placed',
        words: '原点单人已撤单，隐患由村里继续处理。',
        facts: { followsId: record.id },
      },
    ]);
  };

function placeOf(record: OrderRecord) {
  const { placeGridId, countyId, townId, villageId, groupId } = record;
  const { deskGridId, deskCountyId, deskTownId, deskVillageId, deskGroupId } = record;
  return {
    placeGridId,
    countyId,
    townId,
    villageId,
    groupId,
    deskGridId,
    deskCountyId,
    deskTownId,
    deskVillageId,
    deskGroupId,
  };
}
