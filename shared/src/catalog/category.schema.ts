import { z } from 'zod';
import { UrgencyCode, VisibilityCode } from '../orders/order.schema';

export const Category = z
  .object({
    id: z.string(),
    name: z.string(),
    field: z.string(),
    fieldName: z.string(),
    urgency: UrgencyCode,
    photo: z.enum(['none', 'after', 'both']),
    visibility: VisibilityCode,
    settleable: z.boolean(),
    direct: z.boolean(),
    notice: z.string().nullable(),
    /** Position among the eight pictures of the home page, or null. */
    picture: z.int().nullable(),
    active: z.boolean(),
    /** 多久办好, in people's words, e.g. 3 个工作日. */
    limitWords: z.string(),
  })
  .meta({ id: 'Category' });
