import { isPrivacyAgreed } from '../wx/privacy';
import { isOn, send, textOf, withProperties, type Properties } from './element';

type Box = HTMLInputElement | HTMLTextAreaElement;

const usualLength = 140;

/** What `input` and `textarea` have in common. The person types into a real box of the browser. */
function boxProperties(box: Box): Properties {
  const listen = (type: string, detail: () => object) => box.addEventListener(type, () => send(box, type, detail()));
  listen('input', () => ({ value: box.value, cursor: box.selectionStart ?? 0 }));
  listen('focus', () => ({ value: box.value, height: 0 }));
  listen('blur', () => ({ value: box.value, cursor: box.selectionStart ?? 0 }));
  return {
    value: (value) => {
      if (box.value !== textOf(value)) box.value = textOf(value);
    },
    maxlength: (value) => {
      const most = Number(value ?? usualLength);
      if (most >= 0) box.maxLength = most;
      else box.removeAttribute('maxlength');
    },
    placeholder: (value) => {
      box.placeholder = textOf(value);
    },
    disabled: (value) => {
      box.disabled = isOn(value);
    },
    focus: (value) => {
      if (isOn(value)) queueMicrotask(() => box.focus());
    },
  };
}

/** What does not pass WeChat's check is gone from the box; the app's own value is not told. */
async function review(box: HTMLInputElement): Promise<void> {
  const pass = await window.hands.passNickname(box.value);
  if (!pass) box.value = '';
  send(box, 'nicknamereview', { pass, timeout: false });
}

const keyboards: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' };

export function input(): HTMLElement {
  const box = document.createElement('input');
  let isNickname = false;
  box.addEventListener('blur', () => {
    if (isNickname && isPrivacyAgreed() && box.value !== '') void review(box);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') send(box, 'confirm', { value: box.value });
  });
  return withProperties(box, {
    ...boxProperties(box),
    type: (value) => {
      isNickname = value === 'nickname';
      box.inputMode = keyboards[textOf(value)] ?? 'text';
    },
    password: (value) => {
      box.type = isOn(value) ? 'password' : 'text';
    },
  });
}

export function textarea(): HTMLElement {
  const box = document.createElement('textarea');
  return withProperties(box, boxProperties(box));
}
