import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useState } from 'react';

interface Reading {
  refetch(options: { cancelRefetch: boolean }): unknown;
}

/** Reads anew every so many milliseconds while the page is in front and something may still change; null: not at all. */
export function useFollowing(query: Reading, everyMs: number | null): void {
  const [shown, setShown] = useState(true);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));
  const { refetch } = query;
  useEffect(() => {
    if (!shown || everyMs === null) return;
    const timer = setInterval(() => void refetch({ cancelRefetch: false }), everyMs);
    return () => clearInterval(timer);
  }, [shown, everyMs, refetch]);
}
