import { View } from '@tarojs/components';
import { useState } from 'react';
import { dateAfter, instantOf } from '../../../lib/china-instant';
import { byWords } from '../../../lib/time-words';
import { useNow } from '../../../lib/use-now';
import { Choice } from '../../../ui/choice';
import { DateTimeField, type DayAndTime } from '../../../ui/date-fields';
import { Labelled } from '../../../ui/field';
import { promiseTimes, type PromiseChoice } from './promise-times';
import './when-choice.scss';

interface WhenChoiceProps {
  readonly label: string;
  readonly error?: string;
  /** The instant promised, or null while nothing, or nothing whole, is chosen. */
  readonly onChange: (at: string | null) => void;
}

/** Farther ahead than this it is no promise but a plan. */
const farthestDays = 30;

/** 今天 / 明天 / 周末 / 约时间, and what that means as a day and time. */
export function WhenChoice({ label, error, onChange }: WhenChoiceProps) {
  const now = useNow();
  const times = promiseTimes(now);
  const [choice, setChoice] = useState<PromiseChoice | null>(null);
  const [appointed, setAppointed] = useState<DayAndTime>({ date: '', time: '' });
  const meant = choice === 'appointed' ? instantOf(appointed.date, appointed.time) : atOf(times, choice);

  const choose = (chosen: PromiseChoice) => {
    setChoice(chosen);
    onChange(chosen === 'appointed' ? instantOf(appointed.date, appointed.time) : atOf(times, chosen));
  };
  const appoint = (when: DayAndTime) => {
    setAppointed(when);
    onChange(instantOf(when.date, when.time));
  };

  return (
    <>
      <Labelled label={label} error={choice === 'appointed' ? undefined : error}>
        <Choice
          label={label}
          options={times.map((time) => ({ value: time.choice, words: time.words }))}
          value={choice}
          onChange={choose}
        />
      </Labelled>
      {choice === 'appointed' && (
        <DateTimeField
          label="约在"
          error={error}
          value={appointed}
          onChange={appoint}
          from={dateAfter(now, 0)}
          to={dateAfter(now, farthestDays)}
        />
      )}
      {meant !== null && <View className="when-choice__meant">{`${byWords(meant, now)}办`}</View>}
    </>
  );
}

const atOf = (times: ReturnType<typeof promiseTimes>, choice: PromiseChoice | null): string | null =>
  times.find((time) => time.choice === choice)?.at ?? null;
