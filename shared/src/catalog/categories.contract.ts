import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Category } from './category.schema';

export const categoriesApi = {
  list: endpoint({
    method: 'get',
    path: '/categories',
    permission: 'anyone',
    summary: '能点哪些单',
    reply: z.object({ categories: z.array(Category) }),
  }),
};
