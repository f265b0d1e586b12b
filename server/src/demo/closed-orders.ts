import {
  direct,
  escalatedUp,
  followed,
  ordinary,
  reopened,
  reviewed,
  settledByDesk,
  settledOnVisit,
  withMerged,
  type Plan,
} from './plans';
import { played } from './playing';
import type { Stage } from './stage';
import { converted, declined, withdrawn } from './stopped-plans';
import type { Story } from './story';

/** How many of each kind (domain.md §9): 2,076 of the base completed, and about 140 outside of it. */
const completed = 2_076;
const kinds: readonly (readonly [plan: Plan, count: number])[] = [
  [settledOnVisit, 285],
  [settledByDesk, 190],
  [ordinary({ categoryId: 'dispute' }), 5],
  [reopened, 78],
  [reviewed, 6],
  [direct, 60],
  [escalatedUp, 70],
  [followed, 150],
  [withMerged, 27],
];
const outside: readonly (readonly [plan: Plan, count: number])[] = [
  [declined, 62],
  [withdrawn, 32],
  [converted('papers'), 6],
  [converted('dispute'), 5],
  [converted('suggestion'), 4],
  [converted('villageAccounts'), 2],
  [converted('cadreConduct'), 2],
];

/** Everything that is over. */
export async function closedStories(stage: Stage): Promise<Story[]> {
  const special = kinds.reduce((sum, [, count]) => sum + count, 0);
  const plans = [...kinds, ...outside, [ordinary(), completed - special] as const];
  const stories: Story[] = [];
  for (const [plan, count] of plans) {
    for (let left = count; left > 0; left -= 1) stories.push(...(await played(stage, plan)));
  }
  return stories;
}
