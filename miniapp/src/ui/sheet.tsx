import { View } from '@tarojs/components';
import { useEffect, type PropsWithChildren, type ReactNode } from 'react';
import { aria } from './aria';
import { Icon } from './icon';
import { Pressable } from './pressable';

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Stays in sight at the foot: the button that ends it. */
  readonly foot?: ReactNode;
}

/** Escape closes, where there is a keyboard. */
export function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active, onEscape]);
}

/** A question that comes up from below, over the page it belongs to; in the middle on a wide screen. */
export function Sheet({ title, open, onClose, foot, children }: PropsWithChildren<SheetProps>) {
  useEscape(open, onClose);
  if (!open) return null;
  return (
    <View className="sheet-place" {...aria({ role: 'dialog', label: title, modal: true })}>
      <View className="sheet-place__shade" onClick={onClose} {...aria({ hidden: true })} />
      <View className="sheet">
        <View className="sheet__head">
          <View className="sheet__title">{title}</View>
          <Pressable className="sheet__close" label="关闭" onPress={onClose}>
            <Icon name="x" />
          </Pressable>
        </View>
        <View className="sheet__body">{children}</View>
        {foot && <View className="sheet__foot">{foot}</View>}
      </View>
    </View>
  );
}
