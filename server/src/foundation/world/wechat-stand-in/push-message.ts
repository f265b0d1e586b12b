/** The messages WeChat pushes, in the two forms an operator may choose in its console (wechat.md §5.5, §8). */

export type PushValue = string | number | { readonly [name: string]: PushValue } | readonly PushValue[];

export interface WechatEvent {
  /** `Event`, such as user_authorization_cancellation. */
  readonly event: string;
  /** `FromUserName`. */
  readonly openid: string;
  readonly fields?: Readonly<Record<string, PushValue>>;
  /** Of subscribe events: in JSON a `List` at the top, in XML within an element named so. */
  readonly list?: { readonly wrapper: string; readonly items: readonly Readonly<Record<string, string>>[] };
}

export interface Envelope {
  /** The mini-program's original id, gh_… */
  readonly to: string;
  /** Seconds since 1970. */
  readonly at: number;
}

export function asJson({ event, openid, fields, list }: WechatEvent, { to, at }: Envelope): object {
  // Subscribe events have their numbers as strings, and their one item without an array around it.
  const created = list ? String(at) : at;
  const [only, ...others] = list?.items ?? [];
  const items = list && { List: others.length === 0 ? only : list.items };
  return {
    ToUserName: to,
    FromUserName: openid,
    CreateTime: created,
    MsgType: 'event',
    Event: event,
    ...fields,
    ...items,
  };
}

export function asXml({ event, openid, fields, list }: WechatEvent, { to, at }: Envelope): string {
  const head = { ToUserName: to, FromUserName: openid, CreateTime: at, MsgType: 'event', Event: event };
  const items = list ? { [list.wrapper]: { List: list.items } } : {};
  return xmlOf({ xml: { ...head, ...fields, ...items } });
}

/** An array is its element again and again. */
export const xmlOf = (values: Readonly<Record<string, PushValue>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((each) => `<${name}>${within(each)}</${name}>`))
    .join('');

const isList = (value: PushValue): value is readonly PushValue[] => Array.isArray(value);

function within(value: PushValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return xmlOf(value as Readonly<Record<string, PushValue>>);
}
