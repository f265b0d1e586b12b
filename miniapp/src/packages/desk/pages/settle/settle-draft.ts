import type { OrderSource } from '@sandan/shared/orders/order.words';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import {
  emptySettlement,
  missingInSettlement,
  settlementBody,
  type Settlement,
} from '../../../../features/orders/desk/settlement';
import type { PhotoDuty } from '../../../../features/orders/photo-duty';

/** How it came to be known: somebody said it, on a visit, on a round. */
export type Heard = Extract<OrderSource, 'proxy' | 'visit' | 'patrol'>;

export interface SettleFields extends Settlement {
  readonly heard: Heard;
  /** Whose it is: from the list, or by name. */
  readonly person: { readonly personId: string; readonly name: string } | null;
  readonly personName: string;
  readonly phone: string;
  readonly consent: 'spoken' | 'signed' | null;
  readonly categoryId: string | null;
  readonly grid: ChosenGrid | null;
  readonly address: string;
  /** What the matter was. */
  readonly said: string;
}

export const emptySettle: SettleFields = {
  ...emptySettlement,
  heard: 'proxy',
  person: null,
  personName: '',
  phone: '',
  consent: null,
  categoryId: null,
  grid: null,
  address: '',
  said: '',
};

const mobile = /^1[3-9]\d{9}$/;

export type Missing = Readonly<Record<string, string>>;

/** What is still missing, field by field, in words for the person. */
export function missingInSettle(fields: SettleFields, photo: PhotoDuty): Missing {
  const { heard, person, personName, phone, consent, categoryId, grid, said } = fields;
  const named = person !== null || personName.trim() !== '';
  const number = phone.trim();
  return {
    ...(heard !== 'patrol' && !named ? { person: '请选人或写下名字' } : {}),
    ...(heard === 'proxy' && consent === null ? { consent: '请先问过本人' } : {}),
    ...(number !== '' && !mobile.test(number) ? { contactPhone: '请填 11 位手机号' } : {}),
    ...(categoryId === null ? { categoryId: '请选一件事' } : {}),
    ...(grid === null ? { gridId: '请选在哪个村、哪个组' } : {}),
    ...(said.trim() === '' ? { said: '请写一句是什么事' } : {}),
    ...missingInSettlement(fields, photo),
  };
}

const whose = ({ heard, person, personName, phone }: SettleFields) => {
  if (heard === 'patrol') return {};
  const number = phone.trim();
  return {
    ...(person ? { beneficiaryId: person.personId } : { beneficiaryName: personName.trim() }),
    ...(number === '' ? {} : { contactPhone: number }),
  };
};

/** 点单、受理、办结 in one, as `placeSettled` takes it. */
export function settleBody(fields: SettleFields, photo: PhotoDuty) {
  const { heard, consent, categoryId, grid, address, said, person, personName } = fields;
  if (categoryId === null || grid === null) throw new Error('missingInSettle was not asked');
  const by = person?.name ?? personName.trim();
  return {
    source: heard,
    categoryId,
    gridId: grid.gridId,
    words: said.trim(),
    noticeRead: true,
    ...(address.trim() === '' ? {} : { address: address.trim() }),
    ...whose(fields),
    ...(heard === 'proxy' && consent !== null ? { consent: { how: consent, by } } : {}),
    settlement: settlementBody(fields, photo),
  };
}
