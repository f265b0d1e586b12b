import { Event, type Element } from 'glass-easel';

/** How an element takes a property that the template gives it, by the property's name; the value is as given. */
export type Properties = Readonly<Record<string, (value: unknown) => void>>;

const properties = new WeakMap<object, Properties>();

/** An element of the template whose properties are not plain attributes. */
export function withProperties<E extends HTMLElement>(element: E, own: Properties): E {
  properties.set(element, own);
  return element;
}

/** The template sets `name` to `value`. WeChat treats what is not there as not set, and calls `role` aria-role. */
export function setProperty(element: HTMLElement, name: string, value: unknown): void {
  const own = properties.get(element)?.[name];
  if (own) return own(value);
  const attribute = name === 'aria-role' ? 'role' : name;
  if (value === undefined || value === null || value === '') element.removeAttribute(attribute);
  else element.setAttribute(attribute, String(value));
}

/** Sends an event of WeChat's to the listeners in the template: `bindchange` hears `send(element, 'change', { value })`. */
export function send(element: HTMLElement, type: string, detail: object = {}): void {
  const node = (element as unknown as { __wxElement?: Element }).__wxElement;
  if (node) Event.triggerEvent(node, type, detail, { bubbles: false, composed: false });
}

export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
export const isOn = (value: unknown): boolean => value === true || value === 'true';
