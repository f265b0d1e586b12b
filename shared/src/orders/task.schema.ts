import { z } from 'zod';
import { Ulid } from '../schemas';
import {
  CategoryBrief,
  OrderDetail,
  OrderPlace,
  OrderStateCode,
  TaskActionCode,
  TaskItem,
  TaskStateCode,
  UrgencyCode,
} from './order.schema';

export const TaskActionReply = z
  .object({
    taskId: Ulid,
    state: TaskStateCode,
    stateName: z.string(),
    orderId: Ulid,
    orderState: OrderStateCode,
    allows: z.array(TaskActionCode),
  })
  .meta({ id: 'TaskActionReply' });

/** A task as it hangs in the hall or in my list: the order's title and place, never the resident. */
export const TaskCard = TaskItem.omit({ photos: true, words: true, noPhotoReason: true, external: true })
  .extend({
    title: z.string(),
    category: CategoryBrief,
    urgency: UrgencyCode,
    confidential: z.boolean(),
    place: OrderPlace,
    metres: z.int().nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'TaskCard' });

export const TaskDetail = z
  .object({ task: TaskItem, order: OrderDetail })
  .meta({ id: 'TaskDetail', description: 'The task and its order as the caller may see them' });
