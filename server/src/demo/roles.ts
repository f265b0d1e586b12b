import type { HelperKind } from '@sandan/shared/access/roles';
import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import type { Task } from '../rooms/orders/task.entity';
import { may, mayOnTask } from './acts';
import type { Inhabitant } from './homes';
import { NobodyFits, type Story } from './story';

/** Who plays which part in a story: always somebody who really may. */

/** The desk that has it now: mostly its head, sometimes the other one. */
export function deskPerson(story: Story, action: OrderAction): Inhabitant {
  const { stage, record } = story;
  const { deskGridId, deskKind } = record;
  const isTown = stage.reference.tree.gridOf(deskGridId).tier === 'town';
  const ordinary = isTown ? 'townDispatcher' : 'deskLead';
  const role = deskKind === 'discipline' ? 'disciplineDesk' : ordinary;
  const all = stage.holders(role, deskGridId);
  const order = stage.random.chance(0.75) ? all : [...all].reverse();
  return fitting(story, order, action);
}

export function fitting(story: Story, people: readonly Inhabitant[], action: OrderAction): Inhabitant {
  const found = people.find((person) => may(story, person, action));
  if (!found) throw new NobodyFits(`Nobody may ${action} a ${story.record.categoryId} that is ${story.record.state}`);
  return found;
}

/** Those who call back: the hub of the group, its lead, the desk, the official who is posted to the village. */
export function callers(story: Story): Inhabitant[] {
  const { stage, record } = story;
  const [group, village] = [record.groupId ?? '', record.villageId ?? ''];
  const near = [...stage.holders('hubKeeper', group), ...stage.holders('smallGridLead', group)];
  const desk = [...stage.holders('deskLead', village), ...stage.holders('villageLiaison', village)];
  return [...(stage.random.chance(0.6) ? [...near, ...desk] : [...desk, ...near])];
}

/** Matters of trust go to those who are trained for them. */
const kindsFor: Partial<Record<string, readonly HelperKind[]>> = {
  dispute: ['cadre'],
  legalHelp: ['legalAdviser'],
  publicOrder: ['auxiliaryPolice'],
  childCare: ['socialWorker', 'cadre'],
  hardship: ['cadre', 'socialWorker'],
  businessSupport: ['cadre'],
  cadreConduct: ['cadre'],
};

/** Helpers of the village in the order in which they would come: the right kind, the own group, the others. */
export function helpersFor(story: Story): Inhabitant[] {
  const { stage, record } = story;
  const all = stage.random.shuffle(stage.helpers(record.villageId ?? ''));
  const kinds = kindsFor[record.categoryId];
  const isKind = (person: Inhabitant): boolean =>
    kinds !== undefined &&
    stage.caller(person, story.at).grants.some(({ kind }) => kind !== null && kinds.includes(kind));
  const isNear = (person: Inhabitant): boolean => person.home?.row.gridId === record.groupId;
  const rank = (person: Inhabitant): number => {
    if (kinds) return isKind(person) ? 0 : 2;
    return isNear(person) && stage.random.chance(0.7) ? 0 : 1;
  };
  const ranked = all.map((person) => ({ person, rank: rank(person) })).sort((one, other) => one.rank - other.rank);
  const isHere = (person: Inhabitant): boolean => person.row.awayUntil === null;
  const people = ranked.map(({ person }) => person).filter(isHere);
  return people.filter((person) => !isConcerned(story, person) && !isDesk(story, person));
}

const isConcerned = ({ record }: Story, { row }: Inhabitant): boolean =>
  row.householdId !== null && row.householdId === record.householdId;

/** The desk sends others: it has to verify what they do. */
const isDesk = ({ stage, record }: Story, person: Inhabitant): boolean =>
  stage.holders('deskLead', record.villageId ?? '').includes(person);

export function claimant(story: Story, task: Task): Inhabitant {
  const found = helpersFor(story).find((person) => isFree(story, person) && mayOnTask(story, person, 'claim', task));
  if (!found) throw new NobodyFits(`Nobody may claim a task of a ${story.record.categoryId}`);
  return found;
}

/** Nobody has more than three things in hand today. */
const isFree = (story: Story, person: Inhabitant): boolean => story.stage.inHand(person) < 3;
