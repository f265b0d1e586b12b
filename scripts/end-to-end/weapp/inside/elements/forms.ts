import { fault } from '../faults';
import { isOn, send, textOf, withProperties } from './element';

export function button(): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  let part = '';
  made.addEventListener('click', () => {
    const form = made.closest<HTMLElement>('form');
    if (form && part === 'submit') send(form, 'submit', { value: valuesIn(form) });
    if (form && part === 'reset') send(form, 'reset');
  });
  return withProperties(made, {
    'form-type': (value) => {
      part = textOf(value);
    },
    'open-type': (value) => {
      // Sending on is WeChat's own doing: the test does it by `sendOn`.
      if (textOf(value) && textOf(value) !== 'share')
        fault(`<button open-type="${textOf(value)}"> is not in the harness`);
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
