import { isOn, send, textOf, withProperties } from './element';

const usualThreshold = 50;

/** Scrolls by itself, and tells when its end or its beginning is near. */
export function scrollView(): HTMLElement {
  const view = document.createElement('scroll-view');
  let lower = usualThreshold;
  let upper = usualThreshold;
  let near: 'top' | 'bottom' | null = 'top';
  const where = (): typeof near => {
    if (view.scrollTop + view.clientHeight >= view.scrollHeight - lower) return 'bottom';
    return view.scrollTop <= upper ? 'top' : null;
  };
  view.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = view;
    send(view, 'scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth });
    const before = near;
    near = where();
    if (near === before || near === null) return;
    send(view, near === 'bottom' ? 'scrolltolower' : 'scrolltoupper', { direction: near });
  });
  const threshold = (value: unknown) => (value === undefined ? usualThreshold : Number(value));
  return withProperties(view, {
    'scroll-y': (value) => {
      view.style.overflowY = isOn(value) ? 'auto' : '';
    },
    'scroll-x': (value) => {
      view.style.overflowX = isOn(value) ? 'auto' : '';
    },
    'lower-threshold': (value) => {
      lower = threshold(value);
    },
    'upper-threshold': (value) => {
      upper = threshold(value);
    },
    'scroll-top': (value) => {
      if (value !== undefined) view.scrollTop = Number(value);
    },
    'scroll-into-view': (value) => {
      if (textOf(value)) view.querySelector(`#${CSS.escape(textOf(value))}`)?.scrollIntoView();
    },
  });
}

/** Items side by side, one of them in sight; the person draws them to and fro. */
export function swiper(): HTMLElement {
  const frame = document.createElement('swiper');
  let current = 0;
  const inSight = () => Math.round(frame.scrollLeft / Math.max(1, frame.clientWidth));
  frame.addEventListener('scrollend', () => {
    if (inSight() === current) return;
    current = inSight();
    send(frame, 'change', { current, source: 'touch' });
  });
  return withProperties(frame, {
    current: (value) => {
      current = Number(value ?? 0);
      frame.scrollLeft = current * frame.clientWidth;
    },
  });
}
