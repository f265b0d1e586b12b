import type { Skill } from '@sandan/shared/orders/order.words';
import { demoPeople, type DemoKey } from '../rooms/people/demo-people';
import type { HouseholdLink } from '../rooms/households/household.entity';
import { nameRelations } from './households';
import { newHome, openRegistry, peopleHomes, type Home, type Inhabitant, type Registry } from './homes';
import type { Sex } from './names';
import type { Party } from './party';
import type { Place, Places } from './places';
import { demoVillage, fillPosts, teachSkills, type Post, type VillageHomes } from './posts';
import type { Random } from './random';

export type DemoLink = Pick<HouseholdLink, 'id' | 'householdId' | 'memberId' | 'startsAt' | 'endsAt'> &
  Partial<HouseholdLink>;

export interface Population {
  registry: Registry;
  villages: VillageHomes[];
  homes: Home[];
  people: Inhabitant[];
  posts: Post[];
  skills: Map<string, Set<Skill>>;
  links: DemoLink[];
  prepared: Record<DemoKey, Inhabitant>;
}

/** 3,000 households with 8,000 people, a thousand of them in posts, each household linked to a member (联户). */
export function populate(places: Places, party: Party, random: Random, today: Date): Population {
  const people: Inhabitant[] = [];
  const registry = openRegistry(random, today, (person) => people.push(person));
  const { group: demoGroup } = demoSite(places);
  const ofWang = homeOfWang(registry, demoGroup);
  const villages = places.villages.map(({ village, groups }) => ({
    village,
    groups: groups.map((group) => ({
      group,
      homes: [...peopleHomes(registry, group, random.int(18, 23)), ...(group === demoGroup ? [ofWang.home] : [])],
    })),
  }));
  const posts = fillPosts(registry, places, villages, party);
  const prepared = prepare(posts, places, party.committeeId, ofWang, today);
  const homes = villages.flatMap(({ groups }) => groups.flatMap((each) => each.homes));
  nameRelations(homes);
  const skills = teachSkills(registry, posts);
  skills.get(prepared.member.row.id)?.add('electric');
  const links = linkHomes(registry, villages, posts, { home: ofWang.home, member: prepared.member });
  sendAway(registry, posts, prepared);
  return { registry, villages, homes, people, posts, skills, links, prepared };
}

/** 碧塘村三组 */
export function demoSite(places: Places): { village: Place; group: Place } {
  const found = places.villages.find(({ village }) => village.grid.name === demoVillage);
  const group = found?.groups[2];
  if (!found || !group) throw new Error('The demo village has no third group');
  return { village: found.village, group };
}

interface Wang {
  home: Home;
  mother: Inhabitant;
  son: Inhabitant;
}

/** 王婶 lives alone in 三组; her son works away and is on no roll here. */
function homeOfWang(registry: Registry, group: Place): Wang {
  const home = newHome(registry, group, 26);
  const mother = registry.newPerson({ name: '王桂英', sex: 'woman', age: 67, home, phone: true });
  home.row.headPersonId = mother.row.id;
  const son = registry.newPerson({ name: '陈志远', sex: 'man', age: 41, phone: true });
  return { home, mother, son };
}

/** The holders of some posts become the people whom the sign-in page lists. */
function prepare(
  posts: readonly Post[],
  places: Places,
  committeeId: string,
  wang: Wang,
  today: Date,
): Record<DemoKey, Inhabitant> {
  const { village, group } = demoSite(places);
  const holder = (role: Post['role'], nodeId: string | null, sex: Sex, age: number, not: Inhabitant[] = []) => {
    const post = posts.find(
      (each) => each.role === role && (nodeId === null || each.nodeId === nodeId) && !not.includes(each.person),
    );
    if (!post) throw new Error(`Nobody is ${role}`);
    return Object.assign(post.person, { sex, age });
  };
  const [villageId, groupId, townId] = [village.grid.id, group.grid.id, places.town.grid.id];
  const hubKeeper = holder('hubKeeper', groupId, 'woman', 59);
  const groupLead = holder('smallGridLead', groupId, 'man', 52);
  const secretary = posts.find(
    ({ role, tree, person }) =>
      role === 'partySecretary' && tree === 'party' && person.home?.group.grid.villageId === villageId,
  );
  if (!secretary) throw new Error(`${village.grid.name} has no secretary`);
  const prepared: Record<DemoKey, Inhabitant> = {
    resident: wang.mother,
    son: wang.son,
    member: holder('helper', groupId, 'man', 36, [hubKeeper, groupLead]),
    gridWorker: holder('gridWorker', groupId, 'woman', 33),
    groupLead,
    deskLead: holder('deskLead', villageId, 'man', 48),
    hubKeeper,
    secretary: Object.assign(secretary.person, { sex: 'man', age: 51 }),
    supervisor: holder('villageSupervisor', villageId, 'man', 61),
    townSecretary: holder('partySecretary', committeeId, 'man', 47),
    townDeputy: holder('deputySecretary', committeeId, 'woman', 43),
    dispatcher: holder('townDispatcher', townId, 'woman', 38),
    inspector: holder('inspector', townId, 'woman', 35),
    auditor: holder('auditor', null, 'woman', 44),
    admin: holder('admin', null, 'man', 31),
  };
  for (const { key, name } of demoPeople) {
    const { row, age } = prepared[key];
    Object.assign(row, { name, demoKey: key, birthYear: today.getUTCFullYear() - age, largeType: 0 });
  }
  prepared.member.row.publishedPhone = prepared.member.row.phone;
  return prepared;
}

/** 联户: each household of a group to one of its party members, 5 to 10 each; nobody to the own household. */
function linkHomes(
  { random, today }: Registry,
  villages: readonly VillageHomes[],
  posts: readonly Post[],
  wish: { home: Home; member: Inhabitant },
): DemoLink[] {
  const startsAt = new Date(today.getTime() - 400 * 24 * 60 * 60_000);
  return villages.flatMap(({ groups }) =>
    groups.flatMap(({ group, homes }) => {
      const members = posts.filter(({ kind, nodeId }) => kind === 'partyMember' && nodeId === group.grid.id);
      return homes.map((home, index) => {
        const inTurn = members.map((_, turn) => members[(index + turn) % members.length]?.person);
        const member = home === wish.home ? wish.member : inTurn.find((each) => each && each.home !== home);
        if (!member) throw new Error(`${group.grid.name} has no party member`);
        return { id: random.id(startsAt), householdId: home.row.id, memberId: member.row.id, startsAt, endsAt: null };
      });
    }),
  );
}

/** A few helpers are away for some weeks (外出); nobody of those whom a visitor plays. */
function sendAway({ random, today }: Registry, posts: readonly Post[], prepared: Record<DemoKey, Inhabitant>): void {
  const staying = new Set(Object.values(prepared));
  for (const { person, kind } of posts) {
    if (kind !== 'partyMember' || staying.has(person) || !random.chance(0.04)) continue;
    person.row.awayUntil = new Date(today.getTime() + random.int(5, 40) * 24 * 60 * 60_000);
  }
}
