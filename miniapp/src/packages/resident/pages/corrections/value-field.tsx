import { relations, residences } from '@sandan/shared/households/household.words';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dateAfter } from '../../../../lib/china-instant';
import { useNow } from '../../../../lib/use-now';
import { Choice } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Field, Labelled } from '../../../../ui/field';

export type Line = ReplyFrom<'privacy.myCorrections'>['roster'][number];

interface ValueFieldProps {
  readonly field: Line['field'];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const label = '正确的是';

/** What the roster takes for this line: a day and what stands in a list are chosen, nobody has to know how they are written. */
export function ValueField({ field, value, onChange }: ValueFieldProps) {
  const now = useNow();
  if (field === 'bornOn')
    return <DateField label={label} value={value} from="1900-01-01" to={dateAfter(now, 0)} onChange={onChange} />;
  if (field === 'relation' || field === 'residence') {
    const words = Object.values(field === 'relation' ? relations : residences);
    return (
      <Labelled label={label}>
        <Choice label={label} options={words.map((each) => ({ value: each, words: each }))} {...{ value, onChange }} />
      </Labelled>
    );
  }
  return <Field label={label} value={value} onChange={onChange} maxLength={60} />;
}
