import { chinaDay, clockTime, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';
import type { Db } from '../foundation/database/connect';
import { Activity, ActivityPerson } from '../rooms/activities/activity.entity';
import { insertAll } from './order-rows';
import { demoSite } from './population';
import { createRandom } from './random';
import type { Stage } from './stage';

/** A chance of its own: whoever changes activities changes nothing else of the town. */
const seed = 20_260_915;
const hour = 60 * 60_000;
const day = 24 * hour;

interface Plan extends Pick<Activity, 'kind' | 'audience' | 'title' | 'words' | 'place' | 'places'> {
  /** From today; `weekend`: the next Saturday that leaves time to sign up. */
  readonly inDays: number | 'weekend';
  /** 08:30, as a village holds things. */
  readonly from: number;
  readonly hours: number;
  readonly joined: number;
  /** Of those, how many came; of one that is still to be, none. */
  readonly came: number;
}

const plans: readonly Plan[] = [
  {
    ...{ kind: 'volunteering', audience: 'everyone', title: '周末一起清理村口沟渠', place: '村口老樟树下' },
    ...{
      words: '带上手套和铁锹，没有的现场领。下雨改期，会发消息。',
      places: 30,
      inDays: 'weekend',
      from: clockTime(8),
      hours: 3,
      joined: 9,
      came: 0,
    },
  },
  {
    ...{ kind: 'partyDay', audience: 'members', title: '主题党日：入户看望独居老人', place: '村党群服务中心' },
    ...{
      words: '先集中学习半小时，再分组上门，帮老人打扫、检查水电。',
      places: null,
      inDays: 6,
      from: clockTime(9),
      hours: 4,
      joined: 4,
      came: 0,
    },
  },
  {
    ...{ kind: 'training', audience: 'everyone', title: '防溺水和急救培训', place: '村小学操场' },
    ...{
      words: '镇卫生院医生来讲，现场练心肺复苏。孩子要有大人陪着来。',
      places: 60,
      inDays: -5,
      from: clockTime(14, 30),
      hours: 2,
      joined: 16,
      came: 13,
    },
  },
];

function dayOfPlan(inDays: Plan['inDays'], today: Date): number {
  const now = chinaDay(today.getTime());
  if (inDays !== 'weekend') return now + inDays;
  // Day 0 of the count was a Thursday.
  const soonest = now + 2;
  return soonest + ((((2 - soonest) % 7) + 7) % 7);
}

/** 活动 of the demo village: two to come, one that is over. */
export async function writeActivities(db: Db, stage: Stage): Promise<void> {
  const random = createRandom(seed);
  const { village } = demoSite(stage.places);
  const [desk] = stage.holders('deskLead', village.grid.id);
  if (!desk) throw new Error(`${village.grid.name} has nobody at its desk`);
  const members = stage.helpers(village.grid.id);
  const grown = stage.population.people.filter(
    ({ age, home }) => age > 18 && home?.group.grid.villageId === village.grid.id,
  );
  const persons: ActivityPerson[] = [];
  const activities = plans.map(({ inDays, from: minute, hours, joined, came, ...plan }): Activity => {
    const startsAt = new Date(startOfChinaDay(dayOfPlan(inDays, stage.today)) + minute * minuteMs);
    const setAt = new Date(Math.min(startsAt.getTime() - 8 * day, stage.today.getTime() - 2 * day));
    const id = random.id(setAt);
    const from = plan.audience === 'members' ? members : grown;
    from.slice(0, joined).forEach(({ row }, index) => {
      const joinedAt = new Date(setAt.getTime() + (index + 1) * hour);
      const cameAt = index < came ? new Date(startsAt.getTime() - (index % 5) * 60_000) : null;
      persons.push({
        ...{ id: random.id(joinedAt), activityId: id, personId: row.id, joinedAt, joinedIn: random.id(joinedAt) },
        ...{ leftAt: null, cameAt, markedById: cameAt !== null && index % 6 === 5 ? desk.row.id : null },
        walkedIn: 0,
      });
    });
    return {
      ...{ ...plan, id, gridId: village.grid.id, startsAt, endsAt: new Date(startsAt.getTime() + hours * hour) },
      ...{ version: 1, setById: desk.row.id, setAt, cancelledAt: null, cancelWords: null, held: 0 },
    };
  });
  await insertAll(db, Activity, activities);
  await insertAll(db, ActivityPerson, persons);
}
