import { View } from '@tarojs/components';
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { aria } from './aria';
import { holdsFocus, isCovered } from './dialog-keys';

const wideFrom = 900;

/** Is there room for a list beside its detail? Never in WeChat on a phone. */
export function useWide(): boolean {
  const query = process.env.TARO_ENV === 'h5' ? window.matchMedia(`(min-width: ${wideFrom}px)`) : null;
  const [wide, setWide] = useState(query?.matches ?? false);
  useEffect(() => {
    if (!query) return;
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the query is the same question each time
  }, []);
  return wide;
}

interface TwoPaneProps {
  readonly list: ReactNode;
  /** The thing selected, or a word to choose one; where there is none to choose, the list says why. */
  readonly detail: ReactNode;
  /** Ids in the order of the list, for the arrow keys. */
  readonly ids: readonly string[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** A desk's wide screen: list left, detail right, each scrolling by itself. ↑ ↓ move in the list, Enter goes to the detail. */
export function TwoPane({ list, detail, ids, selected, onSelect }: TwoPaneProps) {
  const detailPane = useRef<HTMLElement>(null);
  useArrowKeys(ids, selected, onSelect, () => detailPane.current?.focus());
  return (
    <View className="two-pane">
      <View className="two-pane__list" {...aria({ role: 'region', label: '列表' })}>
        {list}
      </View>
      <View ref={detailPane} className="two-pane__detail" {...aria({ role: 'region', label: '详情' })} {...holdsFocus}>
        {ids.length === 0 && selected === null ? null : detail}
      </View>
    </View>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function useArrowKeys(
  ids: readonly string[],
  selected: string | null,
  onSelect: (id: string) => void,
  onEnter: () => void,
): void {
  const shown = useRef(true);
  useDidShow(() => {
    shown.current = true;
  });
  useDidHide(() => {
    shown.current = false;
  });
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const listen = (event: KeyboardEvent) => {
      if (!shown.current || isCovered() || isTyping(event.target)) return;
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Enter' && selected !== null && event.target === document.body) onEnter();
      if (move === undefined) return;
      event.preventDefault();
      const next = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(selected ?? '') + move))];
      if (next !== undefined) onSelect(next);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
