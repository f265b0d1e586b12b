import type { ReplyFrom } from '../../lib/endpoints';
import { dateWords } from '../../lib/time-words';

type CorrectionField = ReplyFrom<'privacy.corrections'>['items'][number]['field'];

/** What the roster holds of somebody, as it is shown: a birthday as a day. */
export function valueWords(field: CorrectionField, value: string | null, now: number): string {
  if (value === null) return '没有登记';
  return field === 'bornOn' ? dateWords(value, now) : value;
}
