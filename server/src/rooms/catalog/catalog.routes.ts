import { categoriesApi } from '@sandan/shared/catalog/categories.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { implement } from '../../foundation/http/implement';
import type { CategoryRule } from '../../foundation/reference/reference';

type CategoryReply = ReplyOf<typeof categoriesApi.list>['categories'][number];

export const catalogRoutes = implement('categories', categoriesApi, {
  list: async ({ world }) => ({ categories: (await world.references.current()).categories.map(toReply) }),
});

const toReply = (category: CategoryRule): CategoryReply => {
  const { id, name, field, fieldName, urgency, photo, visibility, settleable, direct, notice, picture, active } =
    category;
  return {
    ...{ id, name, field, fieldName, urgency, photo, visibility, settleable, direct, notice, picture, active },
    limitWords: limitWords(category),
  };
};

/** 多久办好, as people say it. Emergencies count round the clock, urgent things every day, the rest on workdays. */
export function limitWords({ urgency, limits }: Pick<CategoryRule, 'urgency' | 'limits'>): string {
  const limit = limits.handle ?? standardLimits[urgency];
  if ('minutes' in limit)
    return limit.minutes < 60 ? `${limit.minutes} 分钟内` : `${Math.ceil(limit.minutes / 60)} 小时内`;
  if (urgency === 'emergency') return `${limit.days * 24} 小时内`;
  return urgency === 'urgent' ? `${limit.days} 天内` : `${limit.days} 个工作日内`;
}

/** domain.md §4, column "handle". */
const standardLimits = { emergency: { days: 1 }, urgent: { days: 2 }, normal: { days: 5 }, planned: { days: 20 } };
