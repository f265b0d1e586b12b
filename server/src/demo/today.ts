import { demoVillageStories } from './demo-village';
import { played } from './playing';
import { inReview, reopenedNow, situations } from './running-orders';
import type { Stage } from './stage';
import type { Story } from './story';

const perSituation: Record<keyof typeof situations, number> = {
  ...{ toStudy: 14, toDispatch: 7, inHall: 12, inHand: 16, late: 5 },
  ...{ suspended: 4, toVerify: 2, toConfirm: 5 },
};

/** Under way in the other villages too; the last of them are as many as it takes. */
export async function runningStories(stage: Stage, count: number): Promise<Story[]> {
  const stories = await demoVillageStories(stage);
  for (let left = 3; left > 0; left -= 1) stories.push(...(await played(stage, reopenedNow)));
  stories.push(...(await played(stage, inReview)));
  for (const [name, howMany] of Object.entries(perSituation)) {
    const situation = situations[name as keyof typeof situations];
    for (let left = howMany; left > 0; left -= 1)
      stories.push(...(await played(stage, async () => [await situation(stage)])));
  }
  while (stories.filter(isRunning).length < count)
    stories.push(...(await played(stage, async () => [await situations.inHand(stage)])));
  return stories;
}

/** In the base of the figures (domain.md §9): accepted, and not over. */
const isRunning = ({ record }: Story): boolean =>
  record.acceptedAt !== null && ['open', 'working'].includes(record.stage);
