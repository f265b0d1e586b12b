import { useEffect, useRef, type RefObject } from 'react';

const reachable = '[tabindex="0"],input:not([type=file]),textarea,select,a[href],button';

/** What is open, the topmost last: a second question may come up over the first. */
const places: RefObject<HTMLElement | null>[] = [];

/** Something lies over the page: what the keyboard does is meant for that. */
export const isCovered = (): boolean => places.length > 0;

interface DialogKeys {
  readonly open: boolean;
  readonly onEscape: () => void;
  /** Enter in a box presses this. */
  readonly main: string;
  /** Has the focus first; left out: the dialog itself, so that no box calls up a phone's keyboard. */
  readonly first?: string;
}

/**
 * Where there is a keyboard: what comes up over the page takes the focus and keeps it (Tab goes round), Escape closes it,
 * Enter in a box presses its main button, and afterwards the focus is back where it was. The ref belongs on its root.
 */
export function useDialogKeys({ open, onEscape, main, first }: DialogKeys): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement | null>(null);
  const escape = useRef(onEscape);
  escape.current = onEscape;
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !open) return;
    const opener = document.activeElement;
    const root = place.current;
    const listen = (event: KeyboardEvent) => {
      if (places.at(-1) !== place) return;
      if (event.key === 'Escape') escape.current();
      if (event.key === 'Enter' && isLineTyped(event)) root?.querySelector<HTMLElement>(main)?.click();
      if (event.key === 'Tab' && root) goRound(event, root);
    };
    places.push(place);
    (first ? root?.querySelector<HTMLElement>(first) : root)?.focus({ preventScroll: true });
    // On the way down: Taro's boxes let no key out of them on the way up.
    window.addEventListener('keydown', listen, true);
    return () => {
      window.removeEventListener('keydown', listen, true);
      places.splice(places.indexOf(place), 1);
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [open, main, first]);
  return place;
}

/** Enter that ends an answer: not the one that takes a word from the list of a Chinese keyboard, nor in a search box. */
const isLineTyped = ({ target, isComposing }: KeyboardEvent): boolean =>
  target instanceof HTMLInputElement && target.type !== 'search' && !isComposing;

function goRound(event: KeyboardEvent, root: HTMLElement): void {
  const stops = Array.from(root.querySelectorAll<HTMLElement>(reachable)).filter((stop) => stop.offsetParent !== null);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const isEnd = event.shiftKey ? at <= 0 : at === -1 || at === stops.length - 1;
  // From the dialog itself the first step forwards is the browser's own.
  if (!isEnd || (document.activeElement === root && !event.shiftKey)) return;
  event.preventDefault();
  stops.at(event.shiftKey ? -1 : 0)?.focus();
}

/** The root can have the focus without being a stop. */
export const holdsFocus = { tabindex: -1 };
