import { fault } from '../faults';
import { send, textOf, withProperties } from './element';

type Column = readonly unknown[];

interface Settings {
  mode: string;
  range: readonly unknown[];
  rangeKey: string;
  value: unknown;
  disabled: boolean;
  start: string;
  end: string;
}

/** One part of what is picked, and what it stands at. */
interface Wheel {
  box: HTMLElement;
  value(): number | string;
}

/** Touching it opens WeChat's sheet with one wheel or more; 确定 tells the page, 取消 leaves everything as it was. */
export function picker(): HTMLElement {
  const place = document.createElement('picker');
  const settings: Settings = {
    mode: 'selector',
    range: [],
    rangeKey: '',
    value: 0,
    disabled: false,
    start: '',
    end: '',
  };
  place.addEventListener('click', () => {
    if (!settings.disabled) openSheet(place, settings);
  });
  const take =
    <Name extends keyof Settings>(name: Name, usual: Settings[Name]) =>
    (value: unknown) => {
      settings[name] = (value ?? usual) as Settings[Name];
    };
  return withProperties(place, {
    mode: take('mode', 'selector'),
    range: take('range', []),
    'range-key': take('rangeKey', ''),
    value: take('value', 0),
    disabled: take('disabled', false),
    start: take('start', ''),
    end: take('end', ''),
  });
}

function openSheet(place: HTMLElement, settings: Settings): void {
  const wheels = wheelsOf(settings);
  if (!wheels) return fault(`<picker mode="${settings.mode}"> is not in the harness`);
  const sheet = document.createElement('dialog');
  sheet.append(...wheels.map(({ box }) => box));
  const offer = (words: string, act: () => void) => {
    const made = document.createElement('button');
    made.textContent = words;
    made.addEventListener('click', () => {
      sheet.remove();
      act();
    });
    sheet.append(made);
  };
  const picked = () => wheels.map((wheel) => wheel.value());
  offer('取消', () => send(place, 'cancel'));
  offer('确定', () => send(place, 'change', { value: settings.mode === 'multiSelector' ? picked() : picked()[0] }));
  document.body.append(sheet);
  sheet.showModal();
}

function wheelsOf({ mode, range, rangeKey, value, start, end }: Settings): Wheel[] | null {
  if (mode === 'selector') return [column(range, rangeKey, Number(value))];
  if (mode === 'multiSelector') {
    const at = Array.isArray(value) ? (value as number[]) : [];
    return (range as readonly Column[]).map((each, index) => column(each, rangeKey, at[index] ?? 0));
  }
  return mode === 'date' || mode === 'time' ? [calendar(mode, textOf(value), start, end)] : null;
}

function column(items: Column, key: string, at: number): Wheel {
  const box = document.createElement('select');
  for (const item of items) box.add(new Option(textOf(key ? (item as Record<string, unknown>)[key] : item)));
  box.selectedIndex = at;
  return { box, value: () => box.selectedIndex };
}

function calendar(kind: 'date' | 'time', at: string, start: string, end: string): Wheel {
  const box = document.createElement('input');
  Object.assign(box, { type: kind, min: start, max: end, value: at });
  return { box, value: () => box.value };
}
