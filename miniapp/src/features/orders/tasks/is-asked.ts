import type { OrderTask } from '../order';

/** 换届: I am asked whether I go on with it. */
export const isAsked = ({ allows }: Pick<OrderTask, 'allows'>): boolean => allows.includes('keep');
