import type { Skill, Urgency, Visibility } from '@sandan/shared/orders/order.words';
import type { Category } from '../../../catalog/category-choice';
import type { Order } from '../../order';

/** What the desk decides about an order beside the resident's own words. */
export interface Classification {
  readonly categoryId: string;
  readonly urgency: Urgency;
  readonly visibility: Visibility;
  readonly title: string;
  readonly publicSummary: string;
  /** 保密 is lowered only with the requester's consent. */
  readonly consents: boolean;
}

/** Who is to do it: one person, whoever is first, several, an outside unit; or nobody yet. */
export type Way = 'assigned' | 'open' | 'team' | 'external' | 'later';

export interface Dispatching {
  readonly way: Way;
  readonly assignee: { readonly personId: string; readonly name: string } | null;
  /** 抢单 and 组队: among those of the group, or of the whole village. */
  readonly scope: 'group' | 'village';
  readonly seats: number;
  readonly minSeats: number;
  readonly skill: Skill | null;
  readonly partyMembersOnly: boolean;
  readonly note: string;
  readonly unit: string;
  readonly unitContact: string;
  readonly letterNumber: string;
  /** 2026-11-23, or '' */
  readonly dueOn: string;
  /** The task that came back and this one stands in for; null: a further one. */
  readonly replacesId: string | null;
  /** 协助: the order is not kept waiting for it. */
  readonly assisting: boolean;
}

export type StudyFields = Classification & Dispatching;

export const classificationOf = (order: Order): Classification => ({
  categoryId: order.category.id,
  urgency: order.urgency,
  visibility: order.visibility,
  title: order.title,
  publicSummary: order.publicSummary ?? '',
  consents: false,
});

export const emptyDispatching: Dispatching = {
  way: 'assigned',
  assignee: null,
  scope: 'village',
  seats: 3,
  minSeats: 2,
  skill: null,
  partyMembersOnly: false,
  note: '',
  unit: '',
  unitContact: '',
  letterNumber: '',
  dueOn: '',
  replacesId: null,
  assisting: false,
};

/** A new category brings its own urgency and secrecy, and its name where the title was the old one's. */
export function recategorized(fields: Classification, from: string, category: Category): Partial<Classification> {
  return {
    categoryId: category.id,
    urgency: category.urgency,
    ...(category.visibility === 'confidential' ? { visibility: 'confidential' as const } : {}),
    ...(fields.title.trim() === '' || fields.title === from ? { title: category.name } : {}),
  };
}

/** Taking 保密 off what was confidential needs the word of the person concerned. */
export const needsConsent = (order: Pick<Order, 'visibility'>, { visibility }: Classification): boolean =>
  order.visibility === 'confidential' && visibility !== 'confidential';

/** As `accept` and `reclassify` take it. A summary goes along only where it may be shown. */
export function classificationBody(order: Pick<Order, 'visibility'>, fields: Classification) {
  const title = fields.title.trim();
  const summary = fields.publicSummary.trim();
  return {
    categoryId: fields.categoryId,
    urgency: fields.urgency,
    visibility: fields.visibility,
    ...(title === '' ? {} : { title }),
    ...(fields.visibility === 'open' && summary !== '' ? { publicSummary: summary } : {}),
    ...(needsConsent(order, fields) ? { requesterConsents: fields.consents } : {}),
  };
}

/** Ways that are open: what is confidential goes to named people alone, and only what is not yet accepted can wait. */
export function waysFor(visibility: Visibility, canAccept: boolean): readonly Way[] {
  const named: readonly Way[] = visibility === 'confidential' ? ['assigned', 'external'] : [];
  const all: readonly Way[] = named.length > 0 ? named : ['assigned', 'open', 'team', 'external'];
  return canAccept ? [...all, 'later'] : all;
}

/** What is still missing, in words for the desk; null when it can be sent. */
export function missingIn(order: Pick<Order, 'visibility'>, fields: StudyFields): string | null {
  if (needsConsent(order, fields) && !fields.consents) return '取消保密要先得到本人同意';
  if (fields.way === 'assigned' && fields.assignee === null) return '请选择派给谁';
  if (fields.way === 'external' && fields.unit.trim() === '') return '请填写外单位';
  return null;
}

const some = <Name extends string>(name: Name, value: string) => {
  const text = value.trim();
  return text === '' ? {} : ({ [name]: text } as Record<Name, string>);
};

const scopeOf = ({ scope }: Dispatching, order: Pick<Order, 'place'>) =>
  scope === 'group' && order.place.group !== null ? { scopeGridId: order.place.gridId } : {};

/** The task to be made, under an id of its own; null where it is only accepted. */
export function newTaskOf(fields: StudyFields, order: Pick<Order, 'place'>, id: string) {
  const { way, assignee, seats, minSeats, skill, partyMembersOnly, replacesId, assisting } = fields;
  if (way === 'later') return null;
  const common = {
    id,
    mode: way,
    required: !assisting,
    ...some('note', fields.note),
    ...(replacesId === null ? {} : { replacesId }),
  };
  if (way === 'assigned') return { ...common, ...(assignee ? { assigneeId: assignee.personId } : {}) };
  if (way === 'external') {
    const { unit, unitContact, letterNumber, dueOn } = fields;
    return {
      ...common,
      ...some('unit', unit),
      ...some('unitContact', unitContact),
      ...some('letterNumber', letterNumber),
      ...some('dueOn', dueOn),
    };
  }
  const wanted = { ...scopeOf(fields, order), ...(skill === null ? {} : { skill }), partyMembersOnly };
  return way === 'team' ? { ...common, ...wanted, seats, minSeats } : { ...common, ...wanted };
}
