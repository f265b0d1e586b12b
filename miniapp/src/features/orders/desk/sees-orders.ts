/** An administrator or auditor has other work here; lists that are always empty would only be in the way. */
const orderWork = ['order.desk', 'order.supervise', 'order.inspect', 'order.readAffairs', 'round.watch', 'task.claim'];

export const seesOrders = (can: readonly string[]): boolean => orderWork.some((each) => can.includes(each));
