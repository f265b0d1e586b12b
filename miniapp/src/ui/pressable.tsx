import { View, type CommonEventFunction } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { aria, type Aria } from './aria';
import { classNames } from './class-names';

type Touch = 'onTouchStart' | 'onTouchMove' | 'onTouchEnd' | 'onTouchCancel';

export interface PressableProps extends Pick<Aria, 'label' | 'checked' | 'expanded'> {
  readonly onPress: () => void;
  readonly role?: 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'switch' | 'option';
  readonly disabled?: boolean;
  readonly className?: string;
  /** The one of its kind that is shown: a tab, an option, or what stands beside the list. */
  readonly selected?: boolean;
  /** Where it matters how long the finger stays. The page does not scroll under it. */
  readonly touch?: Readonly<Record<Touch, CommonEventFunction>>;
}

/** Of the keyboard's event, what is looked at. A key held down presses once. */
interface Pressed {
  readonly key: string;
  readonly repeat: boolean;
  readonly target: unknown;
  readonly currentTarget: unknown;
  preventDefault(): void;
}

/** What a keyboard needs in a browser; a phone has none. */
const keys = (onPress: () => void) => ({
  tabindex: 0,
  onKeyDown: (event: Pressed) => {
    if ((event.key !== 'Enter' && event.key !== ' ') || event.repeat || event.target !== event.currentTarget) return;
    event.preventDefault();
    onPress();
  },
});

/** Tabs and options are selected; of buttons that open something beside their list, one is the current one. */
const shownAs = (role: string, selected: boolean | undefined): Record<string, boolean | undefined> =>
  role === 'button' ? { 'aria-current': selected || undefined } : { 'aria-selected': selected };

/** Everything that can be touched is one of these: a role, a label (its words, or `label`), and a target of full size. */
export function Pressable({
  onPress,
  role = 'button',
  label,
  checked,
  expanded,
  selected,
  disabled = false,
  touch,
  className,
  children,
}: PropsWithChildren<PressableProps>) {
  const press = () => {
    if (!disabled) onPress();
  };
  const isCurrent = role === 'button' && selected;
  return (
    <View
      className={classNames(
        'pressable',
        isCurrent && 'pressable--current',
        disabled && 'pressable--disabled',
        className,
      )}
      hoverClass={disabled ? 'none' : 'pressable--pressed'}
      onClick={press}
      {...(touch && { ...touch, catchMove: true })}
      {...aria({ role, label, checked, expanded, disabled: disabled || undefined })}
      {...(process.env.TARO_ENV === 'h5' ? { ...keys(press), ...shownAs(role, selected) } : {})}
    >
      {children}
    </View>
  );
}
