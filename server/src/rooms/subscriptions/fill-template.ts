import {
  messagesOf,
  messageValues,
  wordsOf,
  type MessageKind,
  type MessageValue,
  type TemplateKind,
} from '@sandan/shared/subscriptions/subscription.words';
import type { MessageTemplate, TemplateField } from '../../foundation/subscribe/subscribe.entity';
import { fitValue, kindOfField, timeValue, type ValueKind } from '../../foundation/world/wechat/message-values';
import type { OrderTold } from '../orders/told-orders.queries';

/** Everything a message may say, before it is fitted to the fields of a template. */
export type Values = Readonly<Record<MessageValue, string>>;

/** In which kinds of field each of our values may stand: elsewhere WeChat would refuse it, or it would say nothing. */
const fitting: Readonly<Record<MessageValue, readonly ValueKind[]>> = {
  what: ['thing'],
  state: ['phrase', 'thing', 'enum'],
  who: ['name', 'thing'],
  time: ['time', 'date'],
  note: ['thing'],
  category: ['thing'],
  place: ['thing'],
  number: ['character_string', 'letter'],
};

/** A number to call or to be known by has no place on a lock screen. */
const withoutNumbers = (text: string): string => text.replace(/\d(?:[\s-]?\d){5,}[\dXx]?/g, '…');

/**
 * What is said of an order. Of a confidential one (保密) neither name nor place nor category, nor who has it (domain.md §8);
 * of any, no telephone and no identity number.
 */
export function valuesOf(kind: MessageKind, order: OrderTold, orderId: string): Values {
  const { state, note } = wordsOf(kind);
  const isOpen = order.visibility !== 'confidential';
  return {
    what: isOpen ? withoutNumbers(order.title) : '您的一件事',
    state,
    who: isOpen && kind === 'claimed' ? order.actorName : '村里',
    time: timeValue(timeOf(kind, order)),
    note,
    category: isOpen ? order.categoryName : '村里的事',
    place: (isOpen && order.villageName) || '本村',
    number: orderId.slice(-8),
  };
}

/** 接单的人答应的时间, else until when it is to be done, else when it happened. */
function timeOf(kind: MessageKind, { at, dueAt, facts }: OrderTold): Date {
  const promised = facts?.['promisedAt'];
  if (kind === 'claimed' && typeof promised === 'string') return new Date(promised);
  return ['open', 'assigned', 'handOver', 'sentBack', 'dueSoon'].includes(kind) ? (dueAt ?? at) : at;
}

/** For the administrator's preview and for 给自己发一条. */
export const exampleValues = (kind: MessageKind, now: Date): Values => ({
  ...{ what: '三组路口的路灯不亮了', state: wordsOf(kind).state, who: '李建国', time: timeValue(now) },
  ...{ note: wordsOf(kind).note, category: '路灯照明', place: '清塘村', number: '7H3KQ2MX' },
});

/**
 * Our values by the template's own names, each as WeChat takes it. A value of which nothing is left once it fits (a title
 * of signs only) is told by a word of our own: an empty field would be refused, and with it the whole message.
 */
export const fill = (fields: readonly TemplateField[], kind: MessageKind, values: Values): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field.field, filled(field, kind, values)]));

function filled({ field, value, words }: TemplateField, message: MessageKind, values: Values): string {
  const kind = kindOfField(field);
  if (kind === null) throw new Error(`${field} is no field of WeChat's`);
  if (kind === 'enum') return words.find(({ state }) => state === message)?.word ?? values.state;
  return fitValue(kind, values[value]) ?? fitValue(kind, instead[value]) ?? '—';
}

const instead: Values = {
  ...{ what: '一件事', state: '有进展', who: '村里', time: '', note: '请点开看看' },
  ...{ category: '村里的事', place: '本村', number: '0' },
};

export interface Fault {
  readonly field: string | null;
  readonly words: string;
}

type Mapping = Pick<MessageTemplate, 'templateId' | 'fields' | 'leftOut'>;

/** What keeps a mapping from being used; with none of it a message always fits. */
export function faultsOf(kind: TemplateKind, { templateId, fields, leftOut }: Mapping): Fault[] {
  if (templateId === null && fields.length === 0) return [];
  const sent = sentBy(kind, leftOut);
  const whole: Fault[] = [
    ...(sent.length === 0 ? [{ field: 'leftOut', words: '至少留一件发微信的事。都不发，就把模板编号清空。' }] : []),
    ...(templateId === null ? [{ field: null, words: '还没有填模板编号。' }] : []),
    ...(fields.some(({ value }) => value === 'state' || value === 'note')
      ? []
      : [{ field: null, words: '至少要有一个字段写“状态”或“说明”，不然看不出是什么事。' }]),
  ];
  return [...whole, ...fields.flatMap((field, index) => faultsOfField(sent, field, fields.slice(0, index)))];
}

function faultsOfField(sent: readonly MessageKind[], given: TemplateField, before: readonly TemplateField[]): Fault[] {
  const { field, value, words } = given;
  const fault = (text: string): Fault[] => [{ field, words: text }];
  if (before.some((each) => each.field === field)) return fault(`${field} 填了两次。`);
  const type = kindOfField(field);
  if (type === null) return fault(`${field} 不是微信的字段，请从微信后台复制。`);
  if (!fitting[value].includes(type))
    return fault(`${field} 放不下“${messageValues[value]}”，它只能放进 ${fitting[value].join('、')}。`);
  if (type !== 'enum') return [];
  const missing = sent.filter((state) => !words.some((each) => each.state === state));
  if (missing.length === 0) return [];
  return fault(`${field} 还缺这些状态的说法：${missing.map((state) => wordsOf(state).state).join('、')}。`);
}

/** The messages that a template sends. */
export const sentBy = (kind: TemplateKind, leftOut: readonly MessageKind[]): MessageKind[] =>
  messagesOf(kind).filter((message) => !leftOut.includes(message));

/** The messages of a template as they would look; fields that do not fit are left out. */
export const cardsOf = (kind: TemplateKind, { fields, leftOut }: Mapping, now: Date) =>
  sentBy(kind, leftOut).map((state) => ({
    state,
    rows: fields
      .filter(({ field, value }) => fitting[value].includes(kindOfField(field) ?? 'symbol'))
      .map((field) => ({
        ...{ field: field.field, name: messageValues[field.value] },
        words: filled(field, state, exampleValues(state, now)),
      })),
  }));
