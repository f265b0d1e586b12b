import type { Db } from '../../foundation/database/connect';
import { keepFormer } from '../../foundation/personal-data/former-telling';
import { Person } from './person.entity';

/** What rosters know of a person. */
export type PersonFacts = Pick<
  Person,
  'name' | 'phone' | 'idNumber' | 'householdId' | 'homeOrganizationId' | 'relation' | 'residence' | 'bornOn'
>;

export type NewPerson = Partial<PersonFacts> & Pick<Person, 'id' | 'name'>;

export interface ChangedPerson {
  readonly id: string;
  /** As it stands now. */
  readonly name: string;
  readonly set: Partial<PersonFacts>;
}

const birthYearOf = (bornOn: string | null | undefined): number | null => (bornOn ? Number(bornOn.slice(0, 4)) : null);

const slice = 500;

export async function addPeople(db: Db, people: readonly NewPerson[], now: Date): Promise<void> {
  for (let from = 0; from < people.length; from += slice) {
    await db.insert(
      Person,
      people.slice(from, from + slice).map((each) => ({
        ...{ ...each, birthYear: birthYearOf(each.bornOn), createdAt: now },
      })),
    );
  }
}

/** One statement for all in whom the same facts change. */
export async function changePeople(db: Db, changes: readonly ChangedPerson[], now: Date): Promise<void> {
  const alike = new Map<string, ChangedPerson[]>();
  for (const change of changes) {
    const facts = Object.keys(change.set).sort().join(' ');
    if (facts !== '') alike.set(facts, [...(alike.get(facts) ?? []), change]);
  }
  for (const [facts, some] of alike) {
    const told = (['name', 'phone', 'idNumber'] as const).filter((what) => facts.split(' ').includes(what));
    for (let from = 0; from < some.length; from += slice) {
      const ids = some.slice(from, from + slice).map(({ id }) => id);
      await keepFormer(db, ids, told, now);
    }
    const update = facts.split(' ') as (keyof Person & string)[];
    if (update.includes('bornOn')) update.push('birthYear');
    const rows = some.map(({ id, name, set }) => ({
      ...{ id, name, createdAt: now, ...set },
      ...(set.bornOn === undefined ? {} : { birthYear: birthYearOf(set.bornOn) }),
    }));
    for (let from = 0; from < rows.length; from += slice)
      await db.upsert(Person, rows.slice(from, from + slice), update);
  }
}
