import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import type { LiveTopic } from '@sandan/shared/live/live.words';
import { listen } from './live-runner';

/** All phones hear at the same moment; they do not ask at the same moment. */
const spreadMs = 800;
/** However much happens, a screen changes so often at most. */
const quietMs = 3_000;

interface Reading {
  refetch(options: { cancelRefetch: boolean }): unknown;
}

/**
 * Calls `onChange` when something of the topic has changed: gathered, a moment later, and only while the page is in front;
 * else when it comes back. `id`: only of that one.
 */
export function useLive(topic: LiveTopic, onChange: () => void, id?: string): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const front = useRef(true);
  const missed = useRef(false);
  useDidShow(() => {
    front.current = true;
    if (missed.current) latest.current();
    missed.current = false;
  });
  useDidHide(() => {
    front.current = false;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let changedAt = 0;
    const change = () => {
      timer = null;
      changedAt = Date.now();
      if (front.current) latest.current();
      else missed.current = true;
    };
    const stop = listen((told, ids) => {
      if (told !== topic || timer || (id !== undefined && ids.length > 0 && !ids.includes(id))) return;
      timer = setTimeout(change, Math.max(Math.random() * spreadMs, changedAt + quietMs - Date.now()));
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [topic, id]);
}

/** Reads a thing anew, in its place, when it changes: `useLiveRead('orders', useCall('orders.read', …), orderId)`. */
export const useLiveRead = (topic: LiveTopic, query: Reading, id?: string): void =>
  useLive(topic, () => void query.refetch({ cancelRefetch: false }), id);
