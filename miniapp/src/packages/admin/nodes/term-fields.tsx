import { DateField } from '../../../ui/date-fields';
import { Field } from '../../../ui/field';
import { instantOf, dateAfter } from '../../../lib/china-instant';
import { useNow } from '../../../lib/use-now';

export interface Term {
  /** The last day, or ''. */
  readonly until: string;
  readonly openReason: string;
}
export const emptyTerm: Term = { until: '', openReason: '' };

export const termOf = ({ until, openReason }: Term) => ({
  until: until === '' ? null : instantOf(until, '23:59'),
  ...(until === '' && openReason.trim() !== '' ? { openReason: openReason.trim() } : {}),
});
export const isTermSet = ({ until, openReason }: Term): boolean => until !== '' || openReason.trim() !== '';

/** 到期日, or why there is none. */
export function TermFields({ term, onChange }: { term: Term; onChange: (some: Partial<Term>) => void }) {
  const now = useNow();
  return (
    <>
      <DateField
        label="到哪一天为止"
        hint="到期自动结束，换届前会提醒。"
        from={dateAfter(now, 1)}
        value={term.until}
        onChange={(until) => onChange({ until })}
      />
      {term.until === '' && (
        <Field
          label="不设到期日的原因"
          example="例如：专职岗位"
          maxLength={200}
          value={term.openReason}
          onChange={(openReason) => onChange({ openReason })}
        />
      )}
    </>
  );
}
