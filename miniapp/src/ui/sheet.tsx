import { View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import { aria } from './aria';
import { holdsFocus, useDialogKeys } from './dialog-keys';
import { Icon } from './icon';
import { Pressable } from './pressable';

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Stays in sight at the foot: the button that ends it. */
  readonly foot?: ReactNode;
}

/** A question that comes up from below, over the page it belongs to; in the middle on a wide screen. */
export function Sheet({ title, open, onClose, foot, children }: PropsWithChildren<SheetProps>) {
  const place = useDialogKeys({ open, onEscape: onClose, main: '.sheet__foot .button--main' });
  if (!open) return null;
  return (
    <View ref={place} className="sheet-place" {...holdsFocus} {...aria({ role: 'dialog', label: title, modal: true })}>
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
