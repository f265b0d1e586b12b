import { Input, Textarea, View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { aria } from './aria';
import { classNames } from './class-names';

interface LabelledProps {
  /** The question, as one asks it: 怎么找您? */
  readonly label: string;
  /** A further word under the question. */
  readonly hint?: string;
  /** What is wrong and what to do, from `ApiProblem.fields` or the form itself. */
  readonly error?: string;
}

/** A question with something to answer it. */
export const Labelled = ({ label, hint, error, children }: PropsWithChildren<LabelledProps>) => (
  <View className="field">
    <View className="field__label">{label}</View>
    {hint && <View className="field__hint">{hint}</View>}
    {children}
    {error && (
      <View className="field__error" {...aria({ role: 'alert', live: 'polite' })}>
        {error}
      </View>
    )}
  </View>
);

interface TextProps extends LabelledProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly example?: string;
  readonly maxLength?: number;
}

interface FieldProps extends TextProps {
  readonly kind?: 'text' | 'number' | 'digit';
  /** Enter, or 完成 of a phone's keyboard. */
  readonly onDone?: () => void;
}

/** The question as the name of the box; Taro's browser build has the real box inside of its own element. */
const spokenAs = (label: string): Record<string, unknown> =>
  process.env.TARO_ENV === 'h5' ? { nativeProps: { 'aria-label': label } } : aria({ label });

export const Field = ({ value, onChange, example, maxLength = 40, kind = 'text', onDone, ...labelled }: FieldProps) => (
  <Labelled {...labelled}>
    <Input
      className={classNames('field__box', labelled.error && 'field__box--wrong')}
      placeholderClass="field__example"
      value={value}
      type={kind}
      maxlength={maxLength}
      placeholder={example}
      onInput={(event) => onChange(event.detail.value)}
      onConfirm={onDone}
      {...spokenAs(labelled.label)}
    />
  </Labelled>
);

export const TextArea = ({ value, onChange, example, maxLength = 500, ...labelled }: TextProps) => (
  <Labelled {...labelled}>
    <Textarea
      className={classNames('field__box', 'field__box--area', labelled.error && 'field__box--wrong')}
      placeholderClass="field__example"
      value={value}
      maxlength={maxLength}
      placeholder={example}
      autoHeight
      onInput={(event) => onChange(event.detail.value)}
      {...spokenAs(labelled.label)}
    />
    {value.length > maxLength * 0.8 && (
      <View className="field__count">
        {value.length}/{maxLength}
      </View>
    )}
  </Labelled>
);
