import { chinaDate } from '@sandan/shared/china-time';
import type { HouseholdFlagName } from '@sandan/shared/households/household.words';
import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { CareRelation, ProxyConsent } from '../rooms/households/care.entity';
import { flagClock } from '../rooms/households/flags.due-work';
import { HouseholdFlag } from '../rooms/households/household.entity';
import { BindingRequest } from '../rooms/people/binding.entity';
import { Person } from '../rooms/people/person.entity';
import type { Home, Inhabitant } from './homes';
import { insertAll } from './order-rows';
import type { Population } from './population';
import { createRandom } from './random';

const days = 24 * 60 * 60_000;

/** What people of a made-up family are to its head, by age and sex: the first is the head. */
export function nameRelations(homes: readonly Home[]): void {
  for (const { members } of homes) {
    const [head] = members;
    if (!head) continue;
    for (const each of members) {
      each.row.relation = relationOf(each, head);
      each.row.residence = 'living';
    }
  }
}

function relationOf(one: Inhabitant, head: Inhabitant): Person['relation'] {
  if (one === head) return 'head';
  const gap = head.age - one.age;
  if (Math.abs(gap) < 12 && one.sex !== head.sex) return 'spouse';
  if (gap > 40) return 'grandchild';
  return gap >= 12 ? 'child' : 'otherKin';
}

interface Flagged {
  home: Home;
  flag: HouseholdFlagName;
  person: Inhabitant | null;
}

const flagged = (homes: readonly Home[]): Flagged[] =>
  homes.flatMap((home): Flagged[] => {
    const [head] = home.members;
    if (!head) return [];
    const alone = home.members.length === 1 && head.age >= 65;
    const oldest = home.members.find(({ age }) => age >= 80) ?? null;
    return [
      ...(alone ? [{ home, flag: 'livesAlone' as const, person: head }] : []),
      ...(oldest ? [{ home, flag: 'over80' as const, person: oldest }] : []),
    ];
  });

/** 独居、高龄 as everybody in the village knows them; 照看, 代办 and a newcomer who waits, for a visitor to try. */
export async function writeHouseholdLife(db: Db, population: Population, today: Date): Promise<void> {
  const { prepared, homes, registry } = population;
  const { random } = registry;
  const { resident, son, gridWorker, hubKeeper } = prepared;
  const home = resident.home;
  if (!home) throw new Error('王婶 lives nowhere');
  const at = new Date(today.getTime() - 200 * days);
  await insertAll(
    db,
    HouseholdFlag,
    flagged(homes).map(({ home: each, flag, person }) => ({
      ...{
        id: random.id(at),
        householdId: each.row.id,
        personId: person?.row.id ?? null,
        flag,
        source: 'roster' as const,
      },
      // A few were looked at more than a year ago.
      ...{ ground: null, since: '2024-03-01', checkedUntil: chinaDate(today.getTime() + random.int(-20, 300) * days) },
      ...{ addedById: null, addedAt: at, endedAt: null },
    })),
  );
  await db.insert(DueWork, [flagClock(home.group.grid.townId ?? '', today)]);
  await db.insert(CareRelation, [
    {
      ...{ id: random.id(at), carerId: son.row.id, householdId: home.row.id, state: 'agreed', openMark: 1 },
      ...{ kinship: 'child', agreedById: resident.row.id, endedById: null, askedAt: at, startsAt: at, endsAt: null },
    },
  ]);
  const neighbour =
    home.group && homes.find((each) => each.group === home.group && each.members[0]?.row.phone === null);
  const old = neighbour?.members[0];
  if (old) {
    const until = chinaDate(today.getTime() + 150 * days);
    await db.insert(ProxyConsent, [
      {
        ...{ id: random.id(at), personId: old.row.id, householdId: old.row.householdId, agentId: hubKeeper.row.id },
        ...{ how: 'spoken', startsOn: chinaDate(at.getTime()), endsOn: until, recordedById: gridWorker.row.id },
        ...{ recordedAt: at, revokedById: null, revokedAt: null },
      },
    ]);
  }
  await newcomerWaits(db, { home, number: '0731', personId: random.id(today), id: random.id(today), today });
  // 王婶 lives alone, so that nobody there could say who it is: here the family can (家里人认定).
  const family = [hubKeeper, prepared.groupLead, prepared.member].find((each) => (each.home?.members.length ?? 0) > 1);
  if (!family?.home) throw new Error('nobody whom a visitor plays has a family');
  // A chance of its own, so that the rest of the town stays as it is.
  const own = createRandom(20_260_815);
  await newcomerWaits(db, { home: family.home, number: '0815', personId: own.id(today), id: own.id(today), today });
}

interface Newcomer {
  readonly home: Home;
  /** Of the number that the phone ends with. */
  readonly number: string;
  readonly personId: string;
  readonly id: string;
  readonly today: Date;
}

/** A neighbour whom nobody knows yet has named a head and a door. */
async function newcomerWaits(db: Db, { home, number, personId, id, today }: Newcomer): Promise<void> {
  const { countyId, townId, villageId, groupId } = home.group.grid;
  const askedAt = new Date(today.getTime() - days / 6);
  const neighbourhood = { gridId: home.group.grid.id, countyId, townId, villageId, groupId };
  await db.insert(Person, [{ id: personId, name: `新邻居${number}`, phone: `1549999${number}`, createdAt: askedAt }]);
  await db.insert(BindingRequest, [
    {
      ...{ id, personId, waitingId: personId, kind: 'said', state: 'waiting', stage: 'open', version: 1 },
      ...{ ...neighbourhood, householdId: home.row.id, saidHead: home.members[0]?.row.name ?? '', door: home.row.door },
      askedAt,
    },
  ]);
}
