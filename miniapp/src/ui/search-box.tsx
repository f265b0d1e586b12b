import { Input, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { aria } from './aria';
import { Icon } from './icon';

interface SearchBoxProps {
  /** For read-aloud: 找单子，按名字或原话. */
  readonly label: string;
  /** In the empty box: 找单子. */
  readonly example: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const spokenAs = (label: string): Record<string, unknown> =>
  process.env.TARO_ENV === 'h5' ? { nativeProps: { 'aria-label': label, type: 'search' } } : aria({ label });

/** Words to look for in a list; whoever asks the server waits until they settle (`useSettled`). */
export const SearchBox = ({ label, example, value, onChange }: SearchBoxProps) => (
  <View className="search-box">
    <Icon name="search" />
    <Input
      className="search-box__input"
      placeholderClass="field__example"
      value={value}
      maxlength={40}
      placeholder={example}
      onInput={(event) => onChange(event.detail.value)}
      {...spokenAs(label)}
    />
  </View>
);

/** A search box with what else narrows the list beside it. */
export const SearchRow = ({ children }: { children: ReactNode }) => <View className="search-row">{children}</View>;
