import type { OrderState } from '@sandan/shared/orders/order.lifecycle';

/** 六步闭环: 1 收集, 2 研判, 3 派单, 4 处置, 5 反馈, 6 督查. An order that has stopped stands at none. */
const steps: Partial<Record<OrderState, number>> = {
  placed: 2,
  asking: 2,
  accepted: 3,
  dispatched: 3,
  handling: 4,
  suspended: 4,
  checking: 4,
  inReview: 4,
  reported: 5,
  confirmed: 6,
  unanswered: 6,
  archived: 6,
};

/** Where staff see an order, as `Steps` takes it. */
export const sixStepOf = (state: OrderState): { at: number; finished: boolean } => ({
  at: steps[state] ?? 0,
  finished: state === 'archived',
});
