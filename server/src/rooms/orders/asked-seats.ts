import { answerDays } from '@sandan/shared/orders/order.words';
import { addMinutes, dayMinutes } from '@sandan/shared/working-time';
import type { TownRule } from '../../foundation/reference/reference';
import type { OrderRecord, Seat } from './order-record';
import type { Task } from './task.entity';

/** 换届: his part in this task, where he was asked whether he goes on with it and has not answered. */
export const askedSeat = ({ seats }: OrderRecord, task: Task, personId: string): Seat | undefined =>
  seats.find(
    (seat) => seat.taskId === task.id && seat.personId === personId && seat.state === 'taken' && seat.askedAt !== null,
  );

/** Until when he may think about it, in the town's working days. */
export const answerUntil = (askedAt: Date, { calendar }: TownRule): Date =>
  new Date(addMinutes(calendar, 'working', askedAt.getTime(), answerDays * dayMinutes(calendar, 'working')));
