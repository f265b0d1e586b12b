import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import type { Role } from '@sandan/shared/access/roles';
import type { OrderSource } from '@sandan/shared/orders/order.words';
import { roleFor } from '../foundation/access/caller';
import type { Inhabitant } from './homes';
import { calledName } from './names';
import type { Place } from './places';
import type { Placing } from './placing';
import { NobodyFits } from './story';
import { shifted, type Stage } from './stage';
import { commonSpots } from './words/category-words';
import { categoryWords, filled, wordsOf, type Texts } from './words/texts';

/** What a plan leaves to chance is picked here. */
export interface Wish {
  categoryId?: string;
  /** One of these categories. */
  among?: (categoryId: string) => boolean;
  source?: OrderSource;
  group?: Place;
  at?: Date;
  by?: Inhabitant;
  beneficiary?: Inhabitant | null;
  words?: string;
  spot?: string;
  /** The title of its matter. */
  matter?: string;
  urgency?: Placing['urgency'];
}

/** 60 % come from others than the family: from grid workers, hub keepers, on visits and patrols. */
// prettier-ignore
const sources: readonly (readonly [OrderSource, number])[] = [
  ['resident', 21], ['family', 12], ['proxy', 21], ['hub', 22], ['visit', 9], ['patrol', 15],
];
/** What somebody who walks through the village sees. */
const seenOnPatrol = ['roadDamage', 'streetLight', 'roadSafety', 'publicFacility', 'drainage', 'garbage', 'hazard'];

export function pick(stage: Stage, wish: Wish = {}): Placing {
  const { random } = stage;
  const source = wish.source ?? random.weighted(sources);
  const at = wish.at ?? momentOf(stage, source);
  const fits = (id: string): boolean =>
    (source !== 'patrol' || seenOnPatrol.includes(id)) && (wish.among?.(id) ?? true);
  const categoryId = wish.categoryId ?? categoryAt(stage, at, fits);
  const group = wish.group ?? random.pick(stage.groups);
  const people = wish.by ? { by: wish.by, beneficiary: wish.beneficiary ?? null } : peopleFor(stage, source, group);
  const texts = textsOf(stage, { categoryId, group, about: people.beneficiary, wish });
  const words = wish.words ?? wordsBy(stage, source, texts);
  const { before } = wordsOf(categoryId);
  return {
    ...{ source, categoryId, group, at, texts, words, ...people, role: roleBy(stage, source, people.by, group, at) },
    ...(wish.urgency ? { urgency: wish.urgency } : {}),
    picture: before && random.chance(0.45) ? before : undefined,
  };
}

const days = 24 * 60 * 60_000;
/** Nine months. */
const periodDays = 274;

/** People order between seven and nine, staff in the hours of work. */
function momentOf(stage: Stage, source: OrderSource): Date {
  const { random, today } = stage;
  const day = chinaDay(today.getTime() - random.between(1, periodDays) * days);
  const morning = new Date(startOfChinaDay(day));
  const byThemselves = source === 'resident' || source === 'family';
  return byThemselves
    ? shifted(stage, 'daytime', morning, random.between(10, 820))
    : shifted(stage, 'working', morning, random.between(5, 380));
}

function categoryAt({ random }: Stage, at: Date, fits: (id: string) => boolean): string {
  const month = new Date(at.getTime() + 8 * 60 * 60_000).getUTCMonth() + 1;
  const weighted = Object.entries(categoryWords)
    .filter(([id]) => fits(id))
    .map(([id, { share, season }]) => [id, season?.includes(month) ? share * 3 : share] as const);
  return random.weighted(weighted);
}

interface People {
  by: Inhabitant;
  beneficiary: Inhabitant | null;
}

function peopleFor(stage: Stage, source: OrderSource, group: Place): People {
  const { random } = stage;
  const groupId = group.grid.id;
  const homes = random.shuffle(stage.homes(groupId));
  const all = homes.flatMap(({ members }) => members);
  const needOld = (not: Inhabitant | undefined): Inhabitant =>
    found(all.find((person) => person.age >= 60 && person.home !== not?.home));
  switch (source) {
    case 'resident':
      return { by: found(all.find(isReachable)), beneficiary: null };
    case 'family': {
      const home = found(
        homes.find(({ members }) => members.some(isReachable) && members.some(({ age }) => age >= 60)),
      );
      const by = found(
        home.members.find((person) => isReachable(person) && person.age < 60) ?? home.members.find(isReachable),
      );
      return { by, beneficiary: home.members.find((person) => person.age >= 60 && person !== by) ?? null };
    }
    case 'hub': {
      const [keeper] = stage.holders('hubKeeper', groupId);
      return { by: found(keeper), beneficiary: needOld(keeper) };
    }
    case 'visit': {
      const [member] = random.shuffle(stage.holders('helper', groupId));
      return { by: found(member), beneficiary: needOld(member) };
    }
    default: {
      const [worker] = random.shuffle([
        ...stage.holders('gridWorker', groupId),
        ...stage.holders('smallGridLead', groupId),
      ]);
      return { by: found(worker), beneficiary: source === 'proxy' ? needOld(worker) : null };
    }
  }
}

const isReachable = (person: Inhabitant): boolean => person.age >= 18 && person.age <= 76 && person.row.phone !== null;

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new NobodyFits('Nobody of the group could place such an order');
  return value;
}

interface About {
  categoryId: string;
  group: Place;
  about: Inhabitant | null;
  wish: Wish;
}

function textsOf({ random, homes }: Stage, { categoryId, group, about, wish }: About): Texts {
  const oldOnes = homes(group.grid.id).flatMap(({ members }) => members.filter(({ age }) => age >= 58));
  const { row, sex, age } = about ?? random.pick(oldOnes);
  const { matters } = wordsOf(categoryId);
  return {
    matter: matters.find(({ title }) => title === wish.matter) ?? random.pick(matters),
    spot: wish.spot ?? random.pick(commonSpots),
    who: calledName(row.name, sex, age),
    n: String(random.int(3, 28)),
  };
}

/** In the words of whoever speaks. */
function wordsBy({ random }: Stage, source: OrderSource, texts: Texts): string {
  const template = random.pick(texts.matter.asks);
  const ask = filled(template, texts);
  if (source === 'patrol') return `巡查时发现${filled(texts.matter.title, texts)}，请安排处理。`;
  if (source === 'visit') return `走访时说起：${ask}`;
  const inOthersWords = (source === 'proxy' || source === 'hub') && !template.includes('{who}');
  if (inOthersWords && random.chance(0.7)) return `${texts.who}说：“${ask}”`;
  return ask;
}

function roleBy(stage: Stage, source: OrderSource, by: Inhabitant, group: Place, at: Date): Role {
  if (source === 'resident' || source === 'family') return 'resident';
  return roleFor(stage.caller(by, at), 'order.settle', group.grid.id);
}
