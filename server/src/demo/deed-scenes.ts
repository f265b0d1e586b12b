import type { Deed } from './deed';
import { published, type Course } from './deed-course';
import { askChange, disputeIt, type Twist } from './deed-changes';
import {
  acceptIt,
  approveIt,
  begin,
  daysBefore,
  deliverIt,
  goTo,
  opineOn,
  publishIt,
  report,
  submitIt,
} from './deed-steps';
import type { Wish } from './deed-steps';
import { tell } from './deed-acts';
import type { Inhabitant } from './homes';
import type { Population } from './population';
import type { Stage } from './stage';
import { branchDeeds } from './words/branch-deeds';
import * as sayings from './words/commitment-sayings';
import { memberDeeds } from './words/member-deeds';
import { reviewerOf, type Branch } from './commitment-cast';

/** What waits on the first day for the secretary of 碧塘村, his members and the secretary of the town. */

const members = 16;

/** Members of the branch whom no visitor plays, each with one scene beside three ordinary deeds; and 小李. */
export function busyMembers(branch: Branch, { prepared }: Pick<Population, 'prepared'>): Inhabitant[] {
  const played = new Set(Object.values(prepared));
  const others = branch.members.filter((person) => !played.has(person) && person !== branch.deputy);
  return [prepared.member, ...others.slice(0, members)];
}

type Where = Pick<Wish, 'year' | 'branch'>;

interface Scenery {
  stage: Stage;
  where: Where;
  course: Course;
  /** So many days ago, in daytime. */
  ago(days: number): number;
  /** A deed of his own, due at the end of the year: the wording is the one of that title. */
  wish(person: Inhabitant | null, title: string): Wish;
}

function sceneryOf(stage: Stage, where: Where, course: Course): Scenery {
  return {
    ...{ stage, where, course },
    ago: (days) => daysBefore(stage.today.getTime(), days),
    wish: (person, title) => {
      const kind = person ? 'personal' : 'organization';
      const wording = [...memberDeeds, ...branchDeeds].find((each) => each.title === title);
      if (!wording) throw new Error(`Nobody promises “${title}”`);
      return { ...where, kind, person, wording, deadline: where.year.endsOn };
    },
  };
}

/** 拟诺 after the time for it, with a reason: what is new on a secretary's desk. */
const late = ({ stage, ago }: Scenery, wish: Wish, days: number): Deed =>
  begin(stage, { ...wish, lateReason: stage.random.pick(sayings.lateReasons) }, ago(days));

async function submitted(scenery: Scenery, wish: Wish, days: number): Promise<Deed> {
  const deed = late(scenery, wish, days + 1);
  goTo(deed, scenery.ago(days));
  await submitIt(deed);
  return deed;
}

async function approved(scenery: Scenery, wish: Wish, days: number): Promise<Deed> {
  const deed = await submitted(scenery, wish, days + 1);
  goTo(deed, scenery.ago(days));
  await approveIt(deed);
  return deed;
}

/** Published three days ago; one of those it is promised to has said something. */
async function opined(scenery: Scenery, wish: Wish): Promise<Deed> {
  const deed = await approved(scenery, wish, 4);
  goTo(deed, scenery.ago(3));
  await publishIt(deed);
  goTo(deed, scenery.ago(1));
  await opineOn(deed);
  return deed;
}

async function underWay({ stage, course, ago }: Scenery, wish: Wish, days: number): Promise<Deed> {
  const deed = await published(stage, wish, course.days);
  goTo(deed, ago(days + 2));
  await report(deed, 0.6);
  goTo(deed, ago(days));
  return deed;
}

async function delivered(scenery: Scenery, wish: Wish, days: number): Promise<Deed> {
  const deed = await underWay(scenery, wish, days);
  await deliverIt(deed);
  return deed;
}

async function changing(scenery: Scenery, wish: Wish, days: number, twist: Twist): Promise<Deed> {
  const deed = await underWay(scenery, wish, days);
  await askChange(deed, twist);
  return deed;
}

/** Accepted by the branch and disputed by a resident: the town has to decide. */
async function inDispute(scenery: Scenery, wish: Wish): Promise<Deed> {
  const deed = await delivered(scenery, wish, 6);
  goTo(deed, scenery.ago(4));
  await acceptIt(deed);
  goTo(deed, scenery.ago(2));
  await disputeIt(deed);
  return deed;
}

async function returned(scenery: Scenery, wish: Wish): Promise<Deed> {
  const deed = await submitted(scenery, wish, 2);
  goTo(deed, scenery.ago(1));
  await tell(deed, reviewerOf(deed), 'return', { words: scenery.stage.random.pick(sayings.returnWords) });
  return deed;
}

export async function demoBranchDeeds(stage: Stage, where: Where, course: Course): Promise<Deed[]> {
  const scenery = sceneryOf(stage, where, course);
  const people = busyMembers(where.branch, stage.population).slice(1);
  const of = (index: number, title: string): Wish => scenery.wish(people[index] ?? null, title);
  return [
    ...(await ofMember(scenery, stage.population.prepared.member)),
    ...(await ofBranch(scenery)),
    await submitted(scenery, of(0, '给{spot}换{n}盏路灯'), 0.3),
    await submitted(scenery, of(1, '教{n}位老人用手机'), 1.1),
    await submitted(scenery, of(2, '疏通{spot}的水沟'), 1.6),
    await submitted(scenery, of(3, '修好{spot}的{n}张石凳'), 2.2),
    await approved(scenery, of(4, '给{n}户挂门牌'), 0.8),
    await approved(scenery, of(5, '陪{n}人做体检'), 1.2),
    await approved(scenery, of(6, '修好{spot}的{n}处护栏'), 1.9),
    await delivered(scenery, of(7, '填平{spot}的路坑'), 0.6),
    await delivered(scenery, of(8, '清掉{spot}的{n}处卫生死角'), 1.4),
    await delivered(scenery, of(9, '帮老人送药取药{n}次'), 2.6),
    await changing(scenery, of(10, '在{spot}种{n}棵树'), 1.3, 'amend'),
    await changing(scenery, of(11, '帮{n}户卖出自家种的果菜'), 2.1, 'abandon'),
    await opined(scenery, of(12, '给{spot}装{n}块反光牌')),
    await inDispute(scenery, of(13, '帮{n}户换水龙头')),
    late(scenery, of(14, '给文化室添{n}本书'), 1.5),
    await returned(scenery, of(15, '教{n}户用无人机打药')),
  ];
}

/** 小李: one to write, one that came back, one under way, one that waits for the secretary. */
const ofMember = async (scenery: Scenery, member: Inhabitant): Promise<Deed[]> => [
  late(scenery, scenery.wish(member, '给{n}户老人装烟感报警器'), 0.4),
  await returned(scenery, scenery.wish(member, '帮老人换{n}处旧电线')),
  await underWay(scenery, scenery.wish(member, '替邻居代办{n}件事'), 0.7),
  await delivered(scenery, scenery.wish(member, '给{spot}换{n}盏路灯'), 1.2),
];

/** The branch itself: one to write, one to make public, one under way. */
async function ofBranch(scenery: Scenery): Promise<Deed[]> {
  const draft = late(scenery, scenery.wish(null, '给小学门口建{n}米雨棚'), 0.9);
  return [
    draft,
    await approved(scenery, scenery.wish(null, '组织{n}人免费体检'), 0.7),
    await underWay(scenery, scenery.wish(null, '长者饭堂开{n}天'), 1.4),
  ];
}

/** Of most other villages something that the secretary of the town has to decide, each time another. */
export async function townDeeds(stage: Stage, where: Where, course: Course): Promise<Deed[]> {
  const scenery = sceneryOf(stage, where, course);
  const index = stage.places.villages.findIndex(({ village }) => village === where.branch.village);
  const of = (title: string): Wish => scenery.wish(null, title);
  const days = 0.5 + index / 5;
  switch (index) {
    case 1:
      return [await submitted(scenery, of('组织{n}人学技能'), days)];
    case 2:
      return [await delivered(scenery, of('建{n}个垃圾分类投放点'), days)];
    case 3:
      return [await changing(scenery, of('平整{n}亩撂荒地'), days, 'amend')];
    case 5:
      return [await submitted(scenery, of('请农技员开{n}次田头课'), days)];
    case 6:
      return [await delivered(scenery, of('换掉{n}个旧消防栓'), days)];
    case 8:
      return [await submitted(scenery, of('给{n}户老人家装扶手'), days)];
    case 9:
      return [await delivered(scenery, of('修好{spot}的{n}套健身器材'), days)];
    default:
      return [];
  }
}
