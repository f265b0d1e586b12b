import { systemActor } from '../rooms/orders/advance';
import { escalated } from '../rooms/orders/route.service';
import { act, lapse, may } from './acts';
import { closeReview, goToReview, hearBack } from './feedback';
import { endingFor, endingOf, handle } from './handling';
import { merge } from './merging';
import { clockOf, pass } from './pace';
import { pick, type Wish } from './picking';
import { place } from './placing';
import { deskPerson } from './roles';
import { sendOut, takeUp } from './sending';
import type { Stage } from './stage';
import { NobodyFits, wait, type Story } from './story';
import { openSealed, study } from './studying';
import * as everyday from './words/everyday-words';

/** One way an order can go, from its placing to its end; mostly one story, with a merged one two. */
export type Plan = (stage: Stage) => Promise<Story[]>;

export const begun = (stage: Stage, wish?: Wish): Story => place(stage, pick(stage, wish));
const settleable =
  (stage: Stage) =>
  (id: string): boolean =>
    stage.reference.category(id)?.settleable === true;

/** The six steps as they mostly go. */
export const ordinary =
  (wish?: Wish): Plan =>
  async (stage) => {
    const story = begun(stage, wish);
    await study(story);
    await sendOut(story);
    await handle(story);
    await hearBack(story);
    return [story];
  };

/** 当场办结 on a visit, by the hub, by the grid worker: one form. */
export const settledOnVisit: Plan = async (stage) => {
  const source = stage.random.pick(['hub', 'visit', 'proxy'] as const);
  const placing = pick(stage, { source, among: settleable(stage) });
  const { words, picture } = endingOf(stage, placing.categoryId, placing.texts, 'solved');
  const story = place(stage, placing, { way: 'settled', outcome: 'solved', words, picture });
  await hearBack(story);
  return [story];
};

/** The desk, or the lead of the group, settles what a resident has placed. */
export const settledByDesk: Plan = async (stage) => {
  const story = begun(stage, { among: settleable(stage) });
  pass(story, 'study');
  const { groupId } = story.record;
  const lead = stage.holders('smallGridLead', groupId ?? '').find((person) => may(story, person, 'settle'));
  const by = lead && stage.random.chance(0.4) ? lead : deskPerson(story, 'settle');
  const { outcome, words, picture } = endingFor(story, 'solved');
  const settlement = { outcome, words, photoIds: ['drawn'], contacted: true as const };
  const historyId = await act(story, by, 'settle', settlement);
  if (picture)
    story.pictures.push({ thingKind: 'history', thingId: historyId, ownerId: by.row.id, scene: picture, at: story.at });
  await hearBack(story);
  return [story];
};

/** 找我的党员: straight to the member linked to the household. */
export const direct: Plan = async (stage) => {
  const among = (id: string): boolean => stage.reference.category(id)?.direct === true;
  const placing = pick(stage, { source: 'resident', among });
  const link = stage.population.links.find(({ householdId }) => householdId === placing.by.row.householdId);
  if (!link) throw new NobodyFits('No linked member');
  const member = stage.person(link.memberId);
  if (member.row.awayUntil !== null) throw new NobodyFits('The linked member is away');
  const story = place(stage, placing, { way: 'direct', member });
  takeUp(story, member);
  await handle(story);
  await hearBack(story);
  return [story];
};

export const reopened: Plan = async (stage) => {
  const story = begun(stage, { source: 'resident' });
  await study(story);
  await sendOut(story);
  await handle(story, endingFor(story, 'solved'));
  await hearBack(story, 'reopens');
  return [story];
};

export const reviewed: Plan = async (stage) => {
  const publicThing = ['drainage', 'pollution', 'waterSupply', 'roadDamage'];
  const story = begun(stage, { source: 'resident', among: (id) => publicThing.includes(id) });
  await study(story);
  await sendOut(story);
  await handle(story, endingFor(story, 'solved'));
  await goToReview(story);
  await closeReview(story);
  return [story];
};

/** 上报: by the desk with a reason, or by time when nobody studied it; the town dispatches. */
export const escalatedUp: Plan = async (stage) => {
  const { random } = stage;
  const story = begun(stage);
  if (story.record.deskVillageId === null) throw new NobodyFits('It is on the town’s desk already');
  if (random.chance(0.3)) studyLapses(story);
  else {
    pass(story, 'study');
    await openSealed(story);
    const words = random.pick(everyday.escalateWords);
    await act(story, deskPerson(story, 'escalate'), 'escalate', { words });
  }
  if (random.chance(0.4)) {
    pass(story, 'study', 0.5);
    await openSealed(story);
    const gridId = story.record.villageId ?? '';
    await act(story, deskPerson(story, 'sendDown'), 'sendDown', { gridId, words: random.pick(everyday.sendDownWords) });
  }
  await study(story);
  await sendOut(story);
  await handle(story);
  await hearBack(story);
  return [story];
};

/** 研判 overdue by one more limit: the system takes it to the desk above. */
function studyLapses(story: Story): void {
  const [clock] = story.record.clocks;
  if (!clock || story.record.urgency === 'emergency') throw new NobodyFits('An emergency does not wait');
  wait(story, clock.limitMinutes * 2 + 1, clockOf(story));
  const actor = systemActor(story.at, story.stage.reference);
  lapse(story, 'escalate', escalated(story.record, actor, '研判超时，系统上报', { reason: 'studyOverdue' }));
}

/** 催办, 督办, 我也是: others take part while it is under way. */
export const followed: Plan = async (stage) => {
  const story = begun(stage, { source: stage.random.chance(0.6) ? 'resident' : 'family' });
  await study(story);
  await neighboursJoin(story);
  if (stage.random.chance(0.6)) await remind(story);
  if (stage.random.chance(0.3)) await supervise(story);
  await sendOut(story);
  await neighboursJoin(story);
  await handle(story);
  await hearBack(story);
  return [story];
};

async function neighboursJoin(story: Story): Promise<void> {
  const { random, homes } = story.stage;
  const neighbours = random.shuffle(homes(story.record.groupId ?? '').flatMap(({ members }) => members));
  for (const person of neighbours.filter(({ age, row }) => age > 20 && row.phone !== null).slice(0, random.int(1, 3))) {
    if (!may(story, person, 'meToo')) continue;
    wait(story, random.between(2, 40), 'daytime');
    await act(story, person, 'meToo', random.chance(0.6) ? { words: random.pick(everyday.meTooWords) } : {});
  }
}

async function remind(story: Story): Promise<void> {
  const { random } = story.stage;
  wait(story, random.between(20, 120), clockOf(story));
  const requester = story.stage.person(story.record.requesterId ?? '');
  if (may(story, requester, 'remind'))
    await act(story, requester, 'remind', { words: random.pick(everyday.remindWords) });
}

async function supervise(story: Story): Promise<void> {
  const { random, holders, places } = story.stage;
  const above = [
    ...holders('villageLiaison', story.record.villageId ?? ''),
    ...holders('townDispatcher', places.town.grid.id),
  ];
  const by = above.find((person) => may(story, person, 'supervise'));
  if (!by) return;
  await act(story, by, 'supervise', { words: random.pick(everyday.superviseWords) });
  wait(story, random.between(10, 90), clockOf(story));
  const desk = deskPerson(story, 'answerSupervision');
  await act(story, desk, 'answerSupervision', { words: random.pick(everyday.supervisionAnswers) });
}

/** Two neighbours, one lamp: the second order is merged into the first, which goes its way. */
export const withMerged: Plan = async (stage) => {
  const open = ['streetLight', 'roadDamage', 'drainage', 'garbage', 'waterSupply', 'powerCut'];
  const primary = begun(stage, { source: 'resident', among: (id) => open.includes(id) });
  await study(primary);
  const second = secondOf(primary);
  pass(second, 'study', 0.4);
  merge(second, primary, deskPerson(second, 'merge'));
  primary.at = second.at;
  await sendOut(primary);
  await handle(primary);
  await hearBack(primary);
  return [primary, second];
};

/** A neighbour who has not seen that it was told already. */
export function secondOf({ stage, record, at, texts }: Story): Story {
  const group = stage.groups.find(({ grid }) => grid.id === record.groupId);
  if (!group) throw new NobodyFits('It is in no group');
  const placed = pick(stage, {
    source: 'resident',
    categoryId: record.categoryId,
    group,
    at,
    spot: texts.spot,
    matter: texts.matter.title,
  });
  if (placed.by.row.id === record.requesterId) throw new NobodyFits('It is the same neighbour');
  return place(stage, placed);
}
