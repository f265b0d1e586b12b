import type { QueryOf } from '@sandan/shared/endpoint';
import type { ordersApi } from '@sandan/shared/orders/orders.contract';
import type { Caller } from '../../foundation/access/caller';
import { whereOf } from '../../foundation/access/rule-where';
import type { Reading } from '../../foundation/database/connect';
import { metresBetween } from './distance';
import { listDesk, listMine, listNearby, listPublic, listSimilar, type ListQuery } from './order-list.queries';
import { placeGrid } from './order-places';
import type { OrderRecord } from './order-record';
import { deskListRule, orderSource, publicRule, requesters } from './orders.policy';
import { metresFrom, toTheGroup } from './place.presenter';
import { presentCard } from './orders.presenter';

const lists = { mine: listMine, desk: listDesk, nearby: listNearby, public: listPublic };

export async function listOrders(db: Reading, caller: Caller, query: ListQuery) {
  const { records, nextCursor } = await lists[query.scope](db, caller, query);
  const cards = records.map((record) => presentCard(record, caller));
  if (query.scope !== 'nearby' || query.lat === undefined || query.lng === undefined)
    return { items: cards, nextCursor };
  const from = { lat: query.lat, lng: query.lng };
  const near = records
    .flatMap((record, index) => {
      const card = cards[index];
      return card ? [{ ...card, metres: metresFrom(from, card.gcj02 ? record : toTheGroup(record), caller) }] : [];
    })
    .sort((one, other) => (one.metres ?? farthest) - (other.metres ?? farthest));
  return { items: near.slice(0, query.limit), nextCursor: null };
}

const distanceTo = (record: OrderRecord, from: { lat: number; lng: number }): number =>
  record.lat === null || record.lng === null
    ? Number.MAX_SAFE_INTEGER
    : metresBetween(from, { lat: record.lat, lng: record.lng });

const farthest = Number.MAX_SAFE_INTEGER;

const month = 30 * 24 * 60 * 60_000;
/** Farther apart than this it is another lamp. */
const sameSpot = 500;

/**
 * Duplicates hinted by category, distance and time: "me too" instead of a second order. Who is about to place also sees
 * what he has running himself; whoever studies another's order is not shown his own affairs (回避).
 */
export async function similarOrders(db: Reading, caller: Caller, query: QueryOf<(typeof ordersApi)['similar']>) {
  const grid = placeGrid(caller.reference.tree, query.gridId);
  const own = query.exceptId === undefined ? [requesters] : [];
  const rule = { kind: 'anyOf' as const, rules: [publicRule, deskListRule, ...own] };
  const records = await listSimilar(db, whereOf(rule, caller, orderSource), {
    categoryId: query.categoryId,
    villageId: grid.village ?? grid.id,
    exceptId: query.exceptId ?? null,
    since: new Date(caller.now.getTime() - month),
  });
  const { lat, lng } = query;
  const near = records.filter((record) => {
    if (lat === undefined || lng === undefined || record.lat === null)
      return record.groupId === null || record.groupId === grid.group;
    return distanceTo(record, { lat, lng }) <= sameSpot;
  });
  return { items: near.slice(0, 5).map((record) => presentCard(record, caller)) };
}
