import { childUntil } from '../foundation/access/childhood';
import type { Household } from '../rooms/households/household.entity';
import type { Person } from '../rooms/people/person.entity';
import { givenName, surnameBy, type Sex } from './names';
import type { Place } from './places';
import type { Random } from './random';

/** Somebody of the town: the row and what a made-up story needs beside it. */
export interface Inhabitant {
  row: Person;
  sex: Sex;
  age: number;
  home: Home | null;
}

export interface Home {
  row: Household;
  group: Place;
  members: Inhabitant[];
}

export interface Registry {
  random: Random;
  /** The day of the first run. */
  today: Date;
  newPerson(facts: PersonFacts): Inhabitant;
}

interface PersonFacts {
  name: string;
  sex: Sex;
  age: number;
  home?: Home;
  /** Left out: by chance, the old more seldom. */
  phone?: boolean;
}

/** Everybody came three years before the day of the first run; phones are of a range that is not given out. */
export function openRegistry(random: Random, today: Date, note: (person: Inhabitant) => void): Registry {
  let phones = 0;
  const longAgo = new Date(today.getTime() - 3 * 365 * 24 * 60 * 60_000);
  return {
    random,
    today,
    newPerson: ({ name, sex, age, home, phone }) => {
      const hasPhone = phone ?? (age >= 14 && random.chance(phoneShare(age)));
      if (hasPhone) phones += 1;
      const row: Person = {
        ...{ id: random.id(longAgo), name, phone: hasPhone ? `154${String(10_000_000 + phones * 37)}` : null },
        ...{ householdId: home?.row.id ?? null, homeOrganizationId: null, birthYear: today.getUTCFullYear() - age },
        ...{ largeType: age >= 68 && random.chance(0.5) ? 1 : 0, awayUntil: null, awaySince: null, agreedNotice: 1 },
        ...{ publishedPhone: null, idNumber: null, relation: null, residence: null, guardianId: null },
        // Whose parents answer for them (未满十四周岁); of the others the year is known.
        bornOn: age < childUntil ? `${today.getUTCFullYear() - age}-01-01` : null,
        ...{ boundAt: null, demoKey: null, createdAt: longAgo, disabledAt: null, erasedAt: null, cardHeld: 0 },
      };
      const person = { row, sex, age, home: home ?? null };
      home?.members.push(person);
      note(person);
      return person;
    },
  };
}

const phoneShare = (age: number): number => {
  if (age < 60) return 0.97;
  return age < 75 ? 0.8 : 0.4;
};

export function newHome(registry: Registry, group: Place, door: number): Home {
  const id = registry.random.id(registry.today);
  return {
    row: {
      id,
      gridId: group.grid.id,
      code: null,
      door: `${door}号`,
      headPersonId: null,
      isHub: 0,
      hubKeeperId: null,
      closedAt: null,
    },
    group,
    members: [],
  };
}

type Family = 'oldAlone' | 'oldCouple' | 'threeGenerations' | 'couple' | 'withChildren' | 'grandchildren';
// prettier-ignore
const families: readonly (readonly [Family, number])[] = [
  ['oldAlone', 14], ['oldCouple', 20], ['threeGenerations', 18],
  ['couple', 16], ['withChildren', 20], ['grandchildren', 12],
];

/** The households of one group, as villages have them: many old people alone or with the grandchildren. */
export function peopleHomes(registry: Registry, group: Place, count: number): Home[] {
  return Array.from({ length: count }, (_, index) => {
    const home = newHome(registry, group, index + 1);
    moveIn(registry, home, registry.random.weighted(families));
    home.row.headPersonId = home.members[0]?.row.id ?? null;
    return home;
  });
}

function moveIn(registry: Registry, home: Home, family: Family): void {
  const { random } = registry;
  const surname = surnameBy(random);
  const add = (sex: Sex, age: number, own = false): void => {
    const name = (own ? surnameBy(random) : surname) + givenName(random, sex, age);
    registry.newPerson({ name, sex, age, home });
  };
  const couple = (age: number): void => {
    add('man', age);
    add('woman', age - random.int(0, 4), true);
  };
  const children = (from: number, to: number): void => {
    for (let left = random.int(1, 2); left > 0; left -= 1) add(random.pick(['man', 'woman']), random.int(from, to));
  };
  switch (family) {
    case 'oldAlone':
      return add(random.chance(0.7) ? 'woman' : 'man', random.int(66, 90));
    case 'oldCouple':
      return couple(random.int(62, 84));
    case 'threeGenerations':
      couple(random.int(58, 76));
      couple(random.int(32, 48));
      return children(3, 16);
    case 'couple':
      return couple(random.int(28, 60));
    case 'withChildren':
      couple(random.int(30, 50));
      return children(2, 18);
    case 'grandchildren':
      couple(random.int(56, 74));
      return children(4, 14);
  }
}
