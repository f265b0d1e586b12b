import { Input, Picker, View } from '@tarojs/components';
import { aria } from './aria';
import { classNames } from './class-names';
import { Labelled } from './field';

interface DateFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** 2026-11-23, or '' while nothing is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The first and last day that can be chosen, both included. */
  readonly from?: string;
  readonly to?: string;
}

interface BoxProps {
  readonly mode: 'date' | 'time' | 'month';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly from?: string;
  readonly to?: string;
  readonly wrong?: boolean;
}

const empty = { date: '选一天', time: '选时间', month: '选月份' } as const;

/** WeChat has a wheel for it, a browser its own calendar; both give 2026-11-23, 2026-11 or 15:30. */
function Box({ mode, value, onChange, label, from, to, wrong }: BoxProps) {
  const look = classNames('field__box', wrong && 'field__box--wrong');
  if (process.env.TARO_ENV === 'h5') {
    const native = { type: mode, min: from, max: to, 'aria-label': label };
    return (
      <Input className={look} value={value} nativeProps={native} onInput={(event) => onChange(event.detail.value)} />
    );
  }
  const shown = (
    <View className={look} {...aria({ role: 'button', label: `${label}，${value || empty[mode]}` })}>
      {value || <View className="field__example">{empty[mode]}</View>}
    </View>
  );
  if (mode === 'time') {
    return (
      <Picker mode="time" value={value} onChange={(event) => onChange(event.detail.value)}>
        {shown}
      </Picker>
    );
  }
  const fields = mode === 'month' ? 'month' : 'day';
  return (
    <Picker
      mode="date"
      fields={fields}
      value={value}
      start={from}
      end={to}
      onChange={(event) => onChange(event.detail.value)}
    >
      {shown}
    </Picker>
  );
}

/** Which day. */
export const DateField = ({ value, onChange, from, to, ...labelled }: DateFieldProps) => (
  <Labelled {...labelled}>
    <Box mode="date" label={labelled.label} wrong={labelled.error !== undefined} {...{ value, onChange, from, to }} />
  </Labelled>
);

/** Which month. */
export const MonthField = ({ value, onChange, from, to, ...labelled }: DateFieldProps) => (
  <Labelled {...labelled}>
    <Box mode="month" label={labelled.label} wrong={labelled.error !== undefined} {...{ value, onChange, from, to }} />
  </Labelled>
);

/** A day and a time of day in China. */
export interface DayAndTime {
  /** 2026-11-23, or '' */
  readonly date: string;
  /** 15:30, or '' */
  readonly time: string;
}

interface WhenFieldProps extends Omit<DateFieldProps, 'value' | 'onChange'> {
  readonly value: DayAndTime;
  readonly onChange: (value: DayAndTime) => void;
}

/** Which day, and when on it. */
export const DateTimeField = ({ value, onChange, from, to, ...labelled }: WhenFieldProps) => (
  <Labelled {...labelled}>
    <View className="field__pair">
      <View className="field__pair-wide">
        <Box
          mode="date"
          label={`${labelled.label}，哪一天`}
          value={value.date}
          wrong={labelled.error !== undefined}
          onChange={(date) => onChange({ ...value, date })}
          {...{ from, to }}
        />
      </View>
      <View className="field__pair-narrow">
        <Box
          mode="time"
          label={`${labelled.label}，几点`}
          value={value.time}
          wrong={labelled.error !== undefined}
          onChange={(time) => onChange({ ...value, time })}
        />
      </View>
    </View>
  </Labelled>
);

/** From one time of day to another: 08:30 to 12:00. */
interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

interface TimeSpanFieldProps extends Pick<DateFieldProps, 'label' | 'hint' | 'error'> {
  readonly value: TimeSpan;
  readonly onChange: (value: TimeSpan) => void;
}

/** From when to when, on every day. */
export const TimeSpanField = ({ value, onChange, ...labelled }: TimeSpanFieldProps) => {
  const box = (end: keyof TimeSpan, words: string) => (
    <Box
      mode="time"
      label={`${labelled.label}，${words}`}
      value={value[end]}
      wrong={labelled.error !== undefined}
      onChange={(time) => onChange({ ...value, [end]: time })}
    />
  );
  return (
    <Labelled {...labelled}>
      <View className="field__span">
        {box('from', '从几点')}
        <View className="field__to">到</View>
        {box('to', '到几点')}
      </View>
    </Labelled>
  );
};
