import { urgencies, type Urgency } from '@sandan/shared/orders/order.words';
import { Tag } from '../../ui/tags';

const colours = { emergency: 'overdue', urgent: 'open', normal: 'stopped', planned: 'stopped' } as const;

/** 特急 急 一般 可排期 */
export const UrgencyTag = ({ urgency }: { urgency: Urgency }) => (
  <Tag colour={colours[urgency]} words={urgencies[urgency]} />
);
