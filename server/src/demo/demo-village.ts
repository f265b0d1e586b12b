import { act } from './acts';
import { merge } from './merging';
import type { Wish } from './picking';
import { secondOf } from './plans';
import { played } from './playing';
import type { Place } from './places';
import { demoSite } from './population';
import { deskPerson } from './roles';
import { before, inReview, suspendFor, underWay, type Casting, type HoursAgo } from './running-orders';
import { shifted, type Stage } from './stage';
import { wait, type Story } from './story';
import * as everyday from './words/everyday-words';

/**
 * 碧塘村三组, where the prepared people live: something to do for each of them on the first day. Every scene is an order
 * of its own; what is not accepted yet does not count as running.
 */
export async function demoVillageStories(stage: Stage): Promise<Story[]> {
  const { group, village } = demoSite(stage.places);
  const people = stage.population.prepared;
  const others = stage.groups.filter(({ grid }) => grid.villageId === village.grid.id && grid.id !== group.grid.id);
  const sceneIn =
    (groups: readonly Place[]): Scene =>
    async (wish, ago, casting) => {
      const plan = async () => [await underWay(stage, { group: stage.random.pick(groups), ...wish }, ago, casting)];
      const [story] = await played(stage, plan);
      if (!story) throw new Error('A scene has one story');
      return story;
    };
  const [here, nearby] = [sceneIn([group]), sceneIn(others)];
  return [
    ...(await ofWang(here, people)),
    ...(await ofMember(here, nearby, people)),
    ...(await ofDesk(here, nearby, people)),
    ...(await ofTown(stage, nearby)),
  ];
}

type Scene = (wish: Wish, ago: HoursAgo, casting?: Casting) => Promise<Story>;
type People = Stage['population']['prepared'];

/** 王婶: a lamp that is done and waits for her word, a phone that is being put right, a gas bottle that her son ordered. */
async function ofWang(here: Scene, { resident, son, member, gridWorker }: People): Promise<Story[]> {
  const own = { source: 'resident', by: resident, beneficiary: resident } as const;
  const lamp = {
    ...{ ...own, categoryId: 'streetLight', matter: '{spot}路灯不亮', spot: '村道拐弯处' },
    words: '我家门口转弯那里的路灯三天不亮了，晚上出门看不见，差点摔一跤。',
  };
  const phone = {
    ...{ ...own, categoryId: 'phoneHelp', matter: '帮{who}做养老认证' },
    words: '手机上的养老认证老是通不过，字又小，想请人来教一教。',
  };
  const gas = {
    ...({ source: 'family', by: son, beneficiary: resident, categoryId: 'errand', matter: '帮忙叫煤气' } as const),
    words: '我在外地，我妈的煤气用完了，她扛不动，麻烦帮忙叫一瓶送上来。',
  };
  return [
    await here(lamp, before.reported(4), { holder: member, mode: 'assigned' }),
    await here(phone, before.contacted(3), { holder: gridWorker }),
    await here(gas, before.dispatched(1.5)),
  ];
}

/** 小李: one thing in hand, one late, and a hall to choose from. */
async function ofMember(here: Scene, nearby: Scene, { member, hubKeeper, groupLead }: People): Promise<Story[]> {
  const bench = {
    categoryId: 'publicFacility',
    matter: '{spot}石凳断裂',
    source: 'patrol',
    by: groupLead,
    spot: '大榕树下',
  } as const;
  const parcel = { categoryId: 'errand', source: 'hub', by: hubKeeper } as const;
  const team = { categoryId: 'farmHands', matter: '抢收稻谷缺人手', urgency: 'normal', source: 'resident' } as const;
  return [
    await here(parcel, { ...before.contacted(26), clock: 'working' }, { holder: member }),
    await here(bench, before.contacted(2), { holder: member }),
    await here(
      { categoryId: 'garbage', matter: '{spot}垃圾堆积', source: 'resident', spot: '鱼塘边' },
      before.dispatched(2),
    ),
    await nearby({ categoryId: 'streetLight', source: 'resident' }, before.dispatched(2.5), { skill: 'electric' }),
    await nearby({ categoryId: 'phoneHelp', source: 'proxy' }, before.dispatched(1)),
    await nearby(team, before.dispatched(1.2), { mode: 'team', places: 4, minPlaces: 2, note: '带上镰刀，中午管饭。' }),
  ];
}

/** 刘建华 and his desk: to study, to open, to dispatch, to verify, to call back, late, suspended, merged. */
async function ofDesk(here: Scene, nearby: Scene, { hubKeeper, gridWorker, groupLead }: People): Promise<Story[]> {
  const byHub = { source: 'hub', by: hubKeeper } as const;
  const byWorker = { source: 'patrol', by: gridWorker } as const;
  const resident = { source: 'resident' } as const;
  return [
    await here({ ...resident, categoryId: 'streetLight', spot: '祠堂门口' }, { placed: 0.4 }),
    await here({ ...byWorker, categoryId: 'garbage', spot: '晒谷场旁' }, { placed: 2 }),
    await nearby({ categoryId: 'papers', source: 'family' }, { placed: 1 }),
    await nearby({ ...resident, categoryId: 'publicFacility' }, { placed: 8, clock: 'working' }),
    await here({ ...resident, categoryId: 'childCare' }, { placed: 1.5 }),
    await nearby({ ...resident, categoryId: 'dispute' }, before.contacted(4)),
    await here({ ...resident, categoryId: 'policyQuestion' }, before.accepted(1)),
    await nearby({ categoryId: 'drainage', urgency: 'normal', source: 'proxy' }, before.accepted(0.5)),
    await nearby({ ...resident, categoryId: 'villageAccounts' }, before.accepted(2)),
    await nearby({ ...resident, categoryId: 'suggestion' }, before.contacted(8)),
    await nearby({ ...resident, categoryId: 'roadDamage' }, before.reported(3)),
    await nearby({ categoryId: 'pollution', source: 'proxy' }, before.reported(2)),
    await suspendFor(await nearby({ ...resident, categoryId: 'roadDamage' }, before.contacted(6)), 4),
    await here({ ...byHub, categoryId: 'phoneHelp' }, before.reported(78), { holder: gridWorker }),
    await here({ ...byHub, categoryId: 'errand' }, before.reported(20), { holder: groupLead }),
    ...(await withNeighbour(await here({ ...resident, categoryId: 'roadDamage', spot: '桥头' }, before.contacted(5)))),
  ];
}

/** The same hole in the road, told by a neighbour: merged into the first order. */
async function withNeighbour(primary: Story): Promise<Story[]> {
  const seconds = await played(primary.stage, async () => [secondOf(primary)]);
  for (const second of seconds) {
    wait(second, 40, 'daytime');
    merge(second, primary, deskPerson(second, 'merge'));
  }
  return [primary, ...seconds];
}

/** 周敏 and 郑小兰: what comes up from the village. */
async function ofTown(stage: Stage, nearby: Scene): Promise<Story[]> {
  const studied = await nearby({ source: 'resident', categoryId: 'roadSafety' }, { placed: 3 });
  const accepted = await nearby({ source: 'proxy', categoryId: 'telecom' }, before.accepted(3));
  return [
    await nearby({ source: 'resident', categoryId: 'businessSupport' }, { placed: 1 }),
    await escalate(studied, 1),
    await escalate(accepted, 0.5),
    ...(await played(stage, inReview)),
  ];
}

async function escalate(story: Story, hoursAgo: number): Promise<Story> {
  const { random, today } = story.stage;
  story.at = shifted(story.stage, 'daytime', today, -hoursAgo * 60);
  await act(story, deskPerson(story, 'escalate'), 'escalate', { words: random.pick(everyday.escalateWords) });
  return story;
}
