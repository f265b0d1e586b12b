import type { Permission } from '@sandan/shared/access/roles';
import type { OrderSource } from '@sandan/shared/orders/order.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { isChild, latestBirthday } from '../../foundation/access/childhood';
import type { Db } from '../../foundation/database/connect';
import { householdById } from '../households/households.queries';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { Order } from './order.entity';
import type { ScannedCode } from '../links/scanned.queries';
import type { Placing } from './placing';

/** Which permission lets somebody place in another's name. */
export const sourcePermission: Partial<Record<OrderSource, Permission>> = {
  proxy: 'order.settle',
  hub: 'order.settle',
  visit: 'order.settle',
  patrol: 'order.settle',
  sweep: 'order.settle',
  whistle: 'order.accept',
  plan: 'order.accept',
  hotline: 'order.accept',
  commitment: 'order.accept',
};
export const forAnother: readonly OrderSource[] = ['proxy', 'hub'];

type People = Pick<
  Order,
  'requesterId' | 'beneficiaryId' | 'beneficiaryName' | 'householdId' | 'contactName' | 'contactPhone'
>;

/** A house and where it stands. */
export interface CaredHouse {
  readonly id: string;
  readonly gridId: string;
}

/** 照看: the house that is named, where it lets him care for it. Whether there is any other one he does not learn. */
export async function namedHouse(
  db: Db,
  { caresFor }: Caller,
  { source, householdId }: Placing,
): Promise<CaredHouse | null> {
  if (householdId === undefined) return null;
  const house = source === 'family' && caresFor.includes(householdId) ? await householdById(db, householdId) : null;
  if (!house || house.closedAt !== null)
    throw new Problem('order.not-family', { fields: { householdId: '您没有照看这一家' } });
  return house;
}

/** 照看: the house that is named; or at whose door he stands, as long as he has not said that it is somewhere else. */
export function caredHouse(
  { source }: Placing,
  { named, scanned, gridId }: { named: CaredHouse | null; scanned: ScannedCode | null; gridId: string },
): string | null {
  const byStaff = sourcePermission[source] !== undefined;
  const behindDoor = !byStaff && scanned?.cared?.gridId === gridId ? scanned.cared.id : null;
  return named?.id ?? behindDoor;
}

/** Requester, beneficiary and contact are three different things (domain.md §2.3); so is the household, where he cares for one. */
export async function peopleOf(db: Db, caller: Caller, body: Placing, caredId: string | null): Promise<People> {
  const byStaff = sourcePermission[body.source] !== undefined;
  const onBehalf = forAnother.includes(body.source);
  const known = body.beneficiaryId ? await personOf(db, body.beneficiaryId) : null;
  if (body.beneficiaryId) checkKnown(caller, byStaff, known);
  const contactPhone =
    body.contactPhone ?? known?.phone ?? (onBehalf ? null : db.vault.open('person.phone', caller.sealedPhone));
  if (!byStaff && contactPhone === null)
    throw new Problem('order.phone-needed', { fields: { contactPhone: '请填 11 位手机号' } });
  return {
    requesterId: onBehalf ? (known?.id ?? null) : caller.personId,
    beneficiaryId: known?.id ?? (byStaff || body.source === 'family' ? null : caller.personId),
    beneficiaryName: body.beneficiaryName ?? null,
    householdId: known?.household_id ?? caredId ?? (byStaff ? null : caller.householdId),
    contactName: body.contactName ?? body.beneficiaryName ?? known?.name ?? (onBehalf ? null : caller.name),
    contactPhone,
  };
}

/**
 * A beneficiary sees the order and acts on it, so a resident names only who lives in his household or in one that lets
 * him care for it; other parents elsewhere are named in words until they have said yes (domain.md §6). Whether anybody else exists he does not learn.
 */
function checkKnown(caller: Caller, byStaff: boolean, known: PersonRow | null): asserts known is PersonRow {
  if (byStaff && !known) throw new Problem('request.bad-input', { fields: { beneficiaryId: '没有找到这个人' } });
  const isHimself = known?.id === caller.personId;
  const home = known?.household_id ?? null;
  const isFamily = home !== null && (home === caller.householdId || caller.caresFor.includes(home));
  if (!byStaff && !isHimself && !isFamily)
    throw new Problem('order.not-family', { fields: { beneficiaryId: '请改为填写称呼和电话' } });
}

/** 未满十四周岁: what a child asks for, or what is asked for a child, is confidential unless somebody grown up is meant. */
export async function concernsChild(
  db: Db,
  { personId, bornOn, now }: Caller,
  { requesterId, beneficiaryId }: Pick<People, 'requesterId' | 'beneficiaryId'>,
): Promise<boolean> {
  const about = beneficiaryId ?? requesterId;
  if (about === null) return false;
  if (about === personId) return isChild({ bornOn }, now);
  const [row] = await db.query<{ bornOn: string | null }>(
    `SELECT ${latestBirthday('p')} AS bornOn FROM person p WHERE p.id = ?`,
    [about],
  );
  return row !== undefined && isChild(row, now);
}

interface PersonRow {
  id: string;
  name: string;
  phone: string | null;
  household_id: string | null;
}

async function personOf(db: Db, id: string): Promise<PersonRow | null> {
  const [row] = await db.query<Omit<PersonRow, 'phone'> & { phone: Sealed | null }>(
    'SELECT id, name, phone_sealed AS phone, household_id FROM person WHERE id = ? AND disabled_at IS NULL',
    [id],
  );
  return row ? { ...row, phone: db.vault.open('person.phone', row.phone) } : null;
}
