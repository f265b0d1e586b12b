import type { z } from 'zod';
import { consentWays } from '@sandan/shared/households/household-events.words';
import type { Contact } from '@sandan/shared/orders/order.schema';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhone } from '../../foundation/access/masking';
import { roleNameOf } from './advance';
import type { OrderRecord } from './order-record';
import { isOnlyJoined, presentSeats } from './orders.policy';

/** Who has it in hand now: name and phone of the resident are clear for them alone. Up to 30 days after the close. */
export const isPresentHandler = (record: OrderRecord, caller: Caller): boolean =>
  presentSeats(record).some(({ personId }) => personId === caller.personId) &&
  (record.closedAt === null || caller.now.getTime() - record.closedAt.getTime() < 30 * 24 * 60 * 60_000);

const waysOfConsent: Readonly<Record<string, string>> = consentWays;
/** Where a name is asked for, this is said instead of one: there is nothing to mask. */
const himself = '本人';
export const consentWords = ({ how, by }: { how: string; by: string }, record: OrderRecord, caller: Caller): string =>
  `${by === himself || seesPeople(record, caller) ? by : maskName(by)} ${waysOfConsent[how] ?? how}`;

/**
 * Names and phones in the clear: for those who have it in hand, and for oneself. Staff who enter an order for a known
 * person do not learn that person's number by it (place.service.ts: for residents it is never filled in).
 */
function seesPeople(record: OrderRecord, caller: Caller): boolean {
  if (isPresentHandler(record, caller) || record.beneficiaryId === caller.personId) return true;
  const own = record.source === 'resident' || record.source === 'family' || record.beneficiaryId === null;
  return record.requesterId === caller.personId && own;
}

export function contactOf(record: OrderRecord, caller: Caller): z.input<typeof Contact> {
  if (seesPeople(record, caller)) {
    return { clear: true, name: record.contactName, phone: record.contactPhone, bestTime: record.bestTime };
  }
  return {
    clear: false,
    name: record.contactName === null ? null : maskName(record.contactName),
    phone: maskPhone(record.contactPhone),
    bestTime: isOnlyJoined(record, caller) ? null : record.bestTime,
  };
}

export function beneficiaryOf(record: OrderRecord, caller: Caller): string | null {
  const name =
    record.beneficiaryName ?? (record.beneficiaryId === record.requesterId ? null : record.beneficiaryPersonName);
  if (name === null) return null;
  const typed = record.beneficiaryName !== null || isOfHousehold(record, caller);
  const clear = typed ? seesPeople(record, caller) : isPresentHandler(record, caller);
  return clear ? name : maskName(name);
}

const isOfHousehold = ({ householdId }: OrderRecord, caller: Caller): boolean =>
  householdId !== null && householdId === caller.householdId;

/** A helper by name; a resident masked, but for himself and for those who have the order in hand: also from each other. */
export function somebody(name: string, role: string, isSelf: boolean, record: OrderRecord, caller: Caller) {
  const masked = role === 'resident' && !isSelf && !isPresentHandler(record, caller);
  return { name: masked ? maskName(name) : name, role, roleName: roleNameOf(role), onBehalfOf: null };
}
