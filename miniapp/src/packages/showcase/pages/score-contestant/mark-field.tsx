import { Input, View } from '@tarojs/components';
import { aria } from '../../../../ui/aria';
import { classNames } from '../../../../ui/class-names';
import { Labelled } from '../../../../ui/field';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { stepped } from '../../scoring/score-draft';

interface MarkFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (typed: string) => void;
}

const spokenAs = (label: string): Record<string, unknown> =>
  process.env.TARO_ENV === 'h5' ? { nativeProps: { 'aria-label': label } } : aria({ label });

/** A mark of 0–100: typed, or one up and one down. */
export const MarkField = ({ label, hint, value, error, onChange }: MarkFieldProps) => (
  <Labelled label={label} hint={hint} {...(error === undefined ? {} : { error })}>
    <View className="mark" {...aria({ role: 'group', label })}>
      <Pressable className="mark__step" label={`${label}，少一分`} onPress={() => onChange(stepped(value, -1))}>
        <Icon name="minus" />
      </Pressable>
      <Input
        className={classNames('field__box mark__box', error !== undefined && 'field__box--wrong')}
        value={value}
        type="number"
        maxlength={3}
        onInput={(event) => onChange(event.detail.value)}
        {...spokenAs(`${label}，多少分`)}
      />
      <Pressable className="mark__step" label={`${label}，多一分`} onPress={() => onChange(stepped(value, 1))}>
        <Icon name="plus" />
      </Pressable>
    </View>
  </Labelled>
);
