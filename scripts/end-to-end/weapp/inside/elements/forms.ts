import { fault } from '../faults';
import { openers } from './openers';
import { isOn, send, textOf, withProperties } from './element';

export function button(): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  let part = '';
  let opens: readonly string[] = [];
  made.addEventListener('click', () => {
    const form = made.closest<HTMLElement>('form');
    if (form && part === 'submit') send(form, 'submit', { value: valuesIn(form) });
    if (form && part === 'reset') send(form, 'reset');
    opens.forEach((each) => void openers[each]?.(made));
  });
  return withProperties(made, {
    'form-type': (value) => {
      part = textOf(value);
    },
    'open-type': (value) => {
      opens = textOf(value).split('|').filter(Boolean);
      const unknown = opens.filter((each) => !(each in openers));
      if (unknown.length > 0) fault(`<button open-type="${unknown.join('|')}"> is not in the harness`);
    },
    disabled: (value) => {
      made.disabled = isOn(value);
    },
  });
}

/** A form of WeChat's: nothing is sent, the page is told what stands in the fields that have a name. */
export function form(): HTMLElement {
  const made = document.createElement('form');
  made.addEventListener('submit', (event) => event.preventDefault());
  return made;
}

function valuesIn(form: HTMLElement): Record<string, unknown> {
  const fields = Array.from(form.querySelectorAll<HTMLInputElement>('[name]'));
  return Object.fromEntries(
    fields.map((field) => [field.name, field.type === 'checkbox' ? field.checked : field.value]),
  );
}

export function switchBox(): HTMLElement {
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.setAttribute('role', 'switch');
  box.addEventListener('change', () => send(box, 'change', { value: box.checked }));
  return withProperties(box, {
    type: () => undefined, // WeChat: drawn as a switch or as a tick
    checked: (value) => {
      box.checked = isOn(value);
    },
    disabled: (value) => {
      box.disabled = isOn(value);
    },
  });
}
