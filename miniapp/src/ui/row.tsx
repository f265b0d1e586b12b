import { View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import { Pressable } from './pressable';

interface RowProps {
  readonly icon?: IconName;
  readonly title: string;
  /** Smaller, under the title. */
  readonly words?: string | null;
  /** At the right end: a count, a switch. */
  readonly end?: ReactNode;
  readonly onPress?: () => void;
  readonly label?: string;
  /** In the pane beside the list. */
  readonly selected?: boolean;
}

function Content({ icon, title, words, end, onPress, children }: PropsWithChildren<RowProps>) {
  const more = onPress && <Icon name="chevron-right" className="row__more" />;
  return (
    <>
      {icon && <Icon name={icon} className="row__icon" />}
      <View className="row__text">
        <View className="row__title">{title}</View>
        {words && <View className="row__words">{words}</View>}
        {children}
      </View>
      {end === undefined ? (
        more
      ) : (
        <View className="row__end">
          {end}
          {more}
        </View>
      )}
    </>
  );
}

/** One line of a bare card: says something, or leads somewhere. */
export function Row(props: PropsWithChildren<RowProps>) {
  const { onPress, label, end, selected } = props;
  // With something at its end there is more than fits beside the words in large type.
  const look = classNames('row', end !== undefined && 'row--ended', onPress && 'row--pressable');
  if (!onPress)
    return (
      <View className={look}>
        <Content {...props} />
      </View>
    );
  return (
    <Pressable className={look} onPress={onPress} label={label} selected={selected}>
      <Content {...props} />
    </Pressable>
  );
}
