import { View } from '@tarojs/components';
import { create } from 'zustand';
import { aria } from './aria';

const shownMs = 3_000;

const useToast = create<{ words: string | null }>(() => ({ words: null }));
let timer: ReturnType<typeof setTimeout> | null = null;

/** A short word that something was done: 已接单. For what went wrong there are `Trouble` and the fields themselves. */
export function toast(words: string): void {
  useToast.setState({ words });
  if (timer) clearTimeout(timer);
  timer = setTimeout(() => useToast.setState({ words: null }), shownMs);
}

/** Drawn by `Page`. */
export function ToastPlace() {
  const words = useToast((state) => state.words);
  return (
    <View className="toast-place" {...aria({ role: 'status', live: 'polite' })}>
      {words && <View className="toast">{words}</View>}
    </View>
  );
}
