import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { postsThatEnd } from '@sandan/shared/access/exclusive-roles';
import type { Skill } from '@sandan/shared/orders/order.words';
import type { RoleGrant } from '../foundation/access/access.entity';
import type { Home, Inhabitant, Registry } from './homes';
import { givenName, surnameBy } from './names';
import type { Party } from './party';
import type { Place, Places } from './places';
import { createRandom, type Random } from './random';

/** Who holds a post where; a person may hold several. */
export interface Post {
  person: Inhabitant;
  role: GrantedRole;
  kind: HelperKind | null;
  tree: 'grid' | 'party';
  nodeId: string;
}

export interface VillageHomes {
  village: Place;
  groups: { group: Place; homes: Home[] }[];
}

/** The making of posts: who is left, and what was given so far. */
interface Appointments {
  registry: Registry;
  party: Party;
  posts: Post[];
  /** Nobody is given a second post by chance; those who hold two do so by design. */
  taken: Set<Inhabitant>;
}

type Next = () => Inhabitant;

/**
 * About a thousand people in posts (domain.md §7): offices of the town, nine or ten in each village, five or six in each
 * group.
 */
export function fillPosts(registry: Registry, places: Places, villages: readonly VillageHomes[], party: Party): Post[] {
  const appointments: Appointments = { registry, party, posts: [], taken: new Set() };
  fillTown(appointments, places, villages);
  for (const { village, groups } of villages) {
    const homes = groups.flatMap((each) => each.homes);
    fillVillage(appointments, village, nextOf(appointments, homes));
    for (const [index, each] of groups.entries()) {
      const next = nextOf(appointments, each.homes);
      fillGroup(appointments, each.group, next);
      if (index % 3 === 0) give(appointments, next(), 'helper', village.grid.id, 'applicant');
      if (index % 2 === 0) give(appointments, next(), 'helper', village.grid.id, 'volunteer');
    }
  }
  // The second person of the committee: a result is corrected by two (更正), and a showcase ended and signed by two.
  giveInParty(appointments, townOfficer(registry), 'deputySecretary', party.committeeId);
  return appointments.posts;
}

function give(
  { posts }: Appointments,
  person: Inhabitant,
  role: GrantedRole,
  nodeId: string,
  kind: HelperKind | null = null,
): Inhabitant {
  posts.push({ person, role, kind, tree: 'grid', nodeId });
  return person;
}

function giveInParty({ posts }: Appointments, person: Inhabitant, role: GrantedRole, organizationId: string): void {
  person.row.homeOrganizationId = organizationId;
  posts.push({ person, role, kind: null, tree: 'party', nodeId: organizationId });
}

/** The number of the post is on the notice board. */
const publish = (person: Inhabitant): Inhabitant => {
  person.row.publishedPhone = person.row.phone;
  return person;
};

/** Adults of working age from these households, in no order, each once. */
function nextOf({ registry, taken }: Appointments, homes: readonly Home[]): Next {
  const fit = homes
    .flatMap(({ members }) => members)
    .filter((person) => person.age >= 26 && person.age <= 66 && person.row.phone !== null && !taken.has(person));
  const waiting = registry.random.shuffle(fit);
  return () => {
    const person = waiting.pop();
    if (!person) throw new Error('A group has too few adults for its posts');
    taken.add(person);
    return person;
  };
}

// prettier-ignore
const townRoles: readonly (readonly [role: GrantedRole, count: number])[] = [
  ['townDispatcher', 3], ['inspector', 4], ['disciplineDesk', 2], ['departmentOfficer', 3], ['partyGuide', 2], ['unitCoordinator', 3],
  ['externalKeeper', 4],
];

function fillTown(appointments: Appointments, { town, county }: Places, villages: readonly VillageHomes[]): void {
  const officer = (): Inhabitant => townOfficer(appointments.registry);
  for (const [role, count] of townRoles) {
    for (let left = count; left > 0; left -= 1) give(appointments, officer(), role, town.grid.id);
  }
  give(appointments, officer(), 'auditor', county.grid.id);
  give(appointments, officer(), 'admin', county.grid.id);
  giveInParty(appointments, officer(), 'partySecretary', appointments.party.committeeId);

  const share = (kind: HelperKind, each: number): void => {
    for (let first = 0; first < villages.length; first += each) {
      const person = officer();
      for (const { village } of villages.slice(first, first + each)) {
        give(appointments, person, 'helper', village.grid.id, kind);
      }
    }
  };
  share('socialWorker', 2); // 双百社工
  share('legalAdviser', 4); // 一村一法律顾问
}

/** Works in the offices of the town and lives elsewhere. */
function townOfficer({ random, newPerson }: Registry): Inhabitant {
  const [sex, age] = [random.pick(['woman', 'man'] as const), random.int(26, 55)];
  return publish(newPerson({ name: surnameBy(random) + givenName(random, sex, age), sex, age }));
}

function fillVillage(appointments: Appointments, { grid }: Place, next: Next): void {
  const { registry, party } = appointments;
  const branchId = party.branchIds.get(grid.id);
  if (!branchId) throw new Error(`${grid.name} has no branch`);
  const lead = publish(give(appointments, next(), 'deskLead', grid.id));
  give(appointments, lead, 'helper', grid.id, 'cadre');
  // 一肩挑: in every second village the secretary heads the grid too.
  const both = registry.random.chance(0.5) && grid.name !== demoVillage;
  giveInParty(appointments, both ? lead : publish(next()), 'partySecretary', branchId);
  giveInParty(appointments, give(appointments, next(), 'deskLead', grid.id), 'deputySecretary', branchId);
  give(appointments, next(), 'villageSupervisor', grid.id);
  give(appointments, townOfficer(registry), 'villageLiaison', grid.id);
  give(appointments, give(appointments, next(), 'mediator', grid.id), 'helper', grid.id, 'cadre');
  give(appointments, next(), 'clerk', grid.id);
  give(appointments, next(), 'helper', grid.id, 'cadre');
  give(appointments, next(), 'helper', grid.id, 'auxiliaryPolice');
}

/** The prepared people of the demo live here. */
export const demoVillage = '碧塘村';

function fillGroup(appointments: Appointments, { grid }: Place, next: Next): void {
  const { random } = appointments.registry;
  const member = (person: Inhabitant): void => {
    person.row.homeOrganizationId = appointments.party.branchIds.get(grid.villageId ?? '') ?? null;
    give(appointments, random.chance(0.85) ? publish(person) : person, 'helper', grid.id, 'partyMember');
  };
  const hub = publish(give(appointments, next(), 'hubKeeper', grid.id));
  if (hub.home) hub.home.row.isHub = 1;
  const lead = publish(give(appointments, next(), 'smallGridLead', grid.id));
  [hub, next(), next(), ...(random.chance(0.6) ? [lead] : [])].forEach(member);
  const worker = give(appointments, next(), 'gridWorker', grid.id);
  give(appointments, worker, 'helper', grid.id, 'gridWorker');
}

/** In their posts since before the first year of which the town tells anything. */
export function grantRows({ random, today }: Registry, posts: readonly Post[]): RoleGrant[] {
  const startsAt = new Date(today.getTime() - 900 * 24 * 60 * 60_000);
  // A chance of its own: the rest of the town stays as it is.
  const chances = createRandom(posts.length);
  return posts.map(({ person, role, kind, tree, nodeId }) => ({
    ...{ id: random.id(startsAt), personId: person.row.id, role, kind, tree, nodeId, startsAt },
    ...{ endsAt: endOfPost(role, chances, today), grantedById: null },
    ...{ openReason: null, endReason: null, endedById: null },
    ...{ behalfOfId: null, behalfPostId: null },
  }));
}

const day = 24 * 60 * 60_000;

/**
 * Elected and sent people have their term; some liaisons go home this month, and of some posts the office has forgotten
 * to write down the end.
 */
function endOfPost(role: GrantedRole, random: Random, today: Date): Date | null {
  if (!postsThatEnd.includes(role)) return null;
  const chance = random.next();
  if (chance < 0.06) return null;
  if (role === 'villageLiaison' && chance < 0.3) return new Date(today.getTime() + Math.ceil(chance * 80) * day);
  return new Date(today.getTime() + 1_000 * day);
}

const skillsOfKind: Partial<Record<HelperKind, readonly Skill[]>> = {
  socialWorker: ['nursing', 'teaching'],
  legalAdviser: ['law', 'mediation'],
};
// prettier-ignore
const skillsByFrequency: readonly (readonly [Skill, number])[] = [
  ['electric', 8], ['plumbing', 7], ['masonry', 6], ['carpentry', 3], ['welding', 3], ['repair', 5],
  ['driving', 9], ['farmTech', 8], ['farmMachine', 5], ['firstAid', 5], ['nursing', 4], ['phoneHelp', 8],
  ['mediation', 5], ['teaching', 4], ['hairdressing', 3], ['cooking', 4], ['photo', 2], ['dialect', 3],
  ['swimming', 3], ['accounting', 2], ['broadcasting', 1],
];
// prettier-ignore
const howMany: readonly (readonly [count: number, weight: number])[] = [[0, 3], [1, 5], [2, 3]];

/** What those who take tasks can do, by person. */
export function teachSkills({ random }: Registry, posts: readonly Post[]): Map<string, Set<Skill>> {
  const skills = new Map<string, Set<Skill>>();
  for (const { person, role, kind } of posts) {
    if (role !== 'helper' || skills.has(person.row.id)) continue;
    const byChance = Array.from({ length: random.weighted(howMany) }, () => random.weighted(skillsByFrequency));
    skills.set(person.row.id, new Set([...((kind && skillsOfKind[kind]) ?? []), ...byChance]));
  }
  return skills;
}
