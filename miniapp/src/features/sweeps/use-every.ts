import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef } from 'react';

/** Again and again while the page is in front: the desk watches a sweep as it goes. */
export function useEvery(milliseconds: number, work: () => unknown): void {
  const shown = useRef(true);
  const latest = useRef(work);
  latest.current = work;
  useDidShow(() => {
    shown.current = true;
  });
  useDidHide(() => {
    shown.current = false;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (shown.current) latest.current();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
