import { Text } from '@tarojs/components';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import { Pressable } from './pressable';

export interface ButtonProps {
  /** A verb: 接单, 退单, 办完了. */
  readonly children: string;
  readonly onPress: () => void;
  /** `main`: the one thing to do on this screen. `plain`: beside it. `text`: the rest. */
  readonly look?: 'main' | 'plain' | 'text';
  readonly icon?: IconName;
  /** Under way: says so and takes no second press. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** For read-aloud, where the verb alone is not enough: 给李建国打电话. */
  readonly label?: string;
  /** It opens and closes something below: which of the two it is now. */
  readonly expanded?: boolean;
  /** Not across the whole width. */
  readonly short?: boolean;
}

export function Button({
  children,
  onPress,
  look = 'plain',
  icon,
  busy,
  disabled,
  label,
  expanded,
  short,
}: ButtonProps) {
  return (
    <Pressable
      className={classNames('button', `button--${look}`, short && 'button--short', (busy || disabled) && 'button--off')}
      onPress={onPress}
      disabled={busy || disabled}
      label={label}
      expanded={expanded}
    >
      {busy && <Icon name="loader-circle" className="button__busy" />}
      {icon && !busy && <Icon name={icon} />}
      <Text className="button__words">{children}</Text>
    </Pressable>
  );
}
