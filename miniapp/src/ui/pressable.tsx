import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { aria, type Aria } from './aria';
import { classNames } from './class-names';

export interface PressableProps extends Pick<Aria, 'label' | 'checked'> {
  readonly onPress: () => void;
  readonly role?: 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'switch' | 'option';
  readonly disabled?: boolean;
  readonly className?: string;
  readonly selected?: boolean;
}

/** What a keyboard needs in a browser; a phone has none. */
const keys = (onPress: () => void) => ({
  tabindex: 0,
  onKeyDown: (event: { key: string; preventDefault(): void; target: unknown; currentTarget: unknown }) => {
    if ((event.key !== 'Enter' && event.key !== ' ') || event.target !== event.currentTarget) return;
    event.preventDefault();
    onPress();
  },
});

/** Everything that can be touched is one of these: a role, a label (its words, or `label`), and a target of full size. */
export function Pressable({
  onPress,
  role = 'button',
  label,
  checked,
  selected,
  disabled = false,
  className,
  children,
}: PropsWithChildren<PressableProps>) {
  const press = () => {
    if (!disabled) onPress();
  };
  return (
    <View
      className={classNames('pressable', disabled && 'pressable--disabled', className)}
      hoverClass={disabled ? 'none' : 'pressable--pressed'}
      onClick={press}
      {...aria({ role, label, checked, disabled: disabled || undefined })}
      {...(process.env.TARO_ENV === 'h5' ? { ...keys(press), 'aria-selected': selected } : {})}
    >
      {children}
    </View>
  );
}
