import { StageTag, Tag } from '../../ui/tags';
import type { OrderCardItem } from './order';

type Told = Pick<OrderCardItem, 'allows' | 'state' | 'stage'>;

/** 补充 or 评价 is my turn now. */
export const waitsForMe = ({ allows, state }: Told): boolean =>
  (state === 'reported' && allows.includes('confirm')) || (state === 'asking' && allows.includes('answer'));

/** Where it stands in one of four words, or that I am being waited for. */
export const PlainStageTag = ({ order }: { order: Told }) =>
  waitsForMe(order) ? <Tag colour="open" words="等您说" /> : <StageTag stage={order.stage} />;
