import { chinaYear } from '@sandan/shared/china-time';
import { dateAfter } from '../../lib/china-instant';
import { useNow } from '../../lib/use-now';
import { Choice } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { Field, Labelled } from '../../ui/field';

/** What is said of somebody's birth: nothing, the day, no more than the year, or that what stands there is wrong. */
export interface Birth {
  readonly known: 'unsaid' | 'day' | 'year' | 'cleared';
  readonly on: string;
  readonly year: string;
}

export const unsaid: Birth = { known: 'unsaid', on: '', year: '' };

export const isSaid = ({ known, on, year }: Birth): boolean => {
  if (known === 'day') return on !== '';
  return known !== 'year' || /^(19|20)\d\d$/.test(year);
};

/** As `households.saveMember` takes it; what is left out stays as it was. */
export function bornAs({ known, on, year }: Birth): { bornOn?: string | null; birthYear?: number | null } {
  if (known === 'day') return { bornOn: on };
  if (known === 'year') return { bornOn: null, birthYear: Number(year) };
  return known === 'cleared' ? { bornOn: null, birthYear: null } : {};
}

const ways = [
  { value: 'day', words: '知道哪一天' },
  { value: 'year', words: '只知道哪一年' },
] as const;

interface BirthFieldsProps {
  readonly isNew: boolean;
  readonly birth: Birth;
  readonly error: string | undefined;
  readonly onChange: (birth: Birth) => void;
}

/** 出生日期. Nobody has to invent a day for whom only the year is known. */
export function BirthFields({ isNew, birth, error, onChange }: BirthFieldsProps) {
  const now = useNow();
  const change = (some: Partial<Birth>) => onChange({ ...birth, ...some });
  const others = isNew
    ? [{ value: 'unsaid', words: '不知道' } as const]
    : [{ value: 'unsaid', words: '不改' } as const, { value: 'cleared', words: '登记错了，清掉' } as const];
  return (
    <>
      <Labelled
        label="出生日期"
        {...(error && (birth.known === 'unsaid' || birth.known === 'cleared') ? { error } : {})}
      >
        <Choice
          label="出生日期"
          options={isNew ? [...ways, ...others] : [...others.slice(0, 1), ...ways, ...others.slice(1)]}
          value={birth.known}
          onChange={(known) => change({ known })}
        />
      </Labelled>
      {birth.known === 'day' && (
        <DateField
          label="哪一天出生"
          value={birth.on}
          from="1900-01-01"
          to={dateAfter(now, 0)}
          {...(error ? { error } : {})}
          onChange={(on) => change({ on })}
        />
      )}
      {birth.known === 'year' && (
        <Field
          label="哪一年出生"
          example={`比如：${chinaYear(now) - 60}`}
          kind="number"
          maxLength={4}
          value={birth.year}
          error={error}
          onChange={(year) => change({ year })}
        />
      )}
    </>
  );
}
