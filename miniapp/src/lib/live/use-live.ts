import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import type { LiveTopic } from '@sandan/shared/live/live.words';
import { gathered } from './gathered';
import { listen } from './live-runner';

interface Reading {
  refetch(options: { cancelRefetch: boolean }): unknown;
}

/**
 * Calls `onChange` when something of the topic has changed: gathered, a moment later, and only while the page is in front;
 * else when it comes back. `id`: only of that one.
 */
export function useLive(topic: LiveTopic, onChange: () => unknown, id?: string): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const front = useRef(true);
  const missed = useRef(false);
  const again = useRef<(() => void) | null>(null);
  useDidShow(() => {
    front.current = true;
    if (missed.current) again.current?.();
    missed.current = false;
  });
  useDidHide(() => {
    front.current = false;
  });
  useEffect(() => {
    const change = gathered(() => {
      if (front.current) return latest.current();
      missed.current = true;
      return undefined;
    });
    again.current = change.soon;
    const stop = listen((told, ids) => {
      if (told === topic && (id === undefined || ids.length === 0 || ids.includes(id))) change.soon();
    });
    return () => {
      stop();
      change.forget();
    };
  }, [topic, id]);
}

/** Reads a thing anew, in its place, when it changes: `useLiveRead('orders', useCall('orders.read', …), orderId)`. */
export const useLiveRead = (topic: LiveTopic, query: Reading, id?: string): void =>
  useLive(topic, () => void query.refetch({ cancelRefetch: false }), id);
