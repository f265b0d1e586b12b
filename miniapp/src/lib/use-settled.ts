import { useEffect, useState } from 'react';

const typingPauseMs = 400;

/** A value once it has stayed the same for a while: nobody asks the server at every key. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingPauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
