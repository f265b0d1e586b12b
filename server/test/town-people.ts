import { randomBytes } from 'node:crypto';
import { newId } from '../src/foundation/ids';
import { RoleGrant, Session } from '../src/foundation/access/access.entity';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { lifeBy } from '../src/foundation/access/protection';
import { hashToken } from '../src/foundation/access/sessions';
import type { Db } from '../src/foundation/database/connect';
import { Household, HouseholdLink } from '../src/rooms/households/household.entity';
import { Person, PersonSkill } from '../src/rooms/people/person.entity';
import { cast, households, type HouseholdName, type Part, type PersonName } from './town-cast';
import type { Places } from './town-places';

export interface TownPerson {
  id: string;
  name: string;
  phone: string;
  token: string;
}

export interface Settlement {
  number: number;
  now: Date;
  places: Places;
  homes: Readonly<Record<HouseholdName, string>>;
}

/** Agreed, whatever version tests publish. */
const anyNotice = 1_000_000;
const day = 24 * 60 * 60_000;
const longAgo = (now: Date): Date => new Date(now.getTime() - 90 * day);

/** The cast of one town, their households, and the link of the member to the resident's. */
export async function settle(db: Db, settlement: Settlement): Promise<Record<PersonName, TownPerson>> {
  const names = Object.keys(cast) as PersonName[];
  const made = await insertPeople(db, Object.values(cast), settlement, 0);
  const people = Object.fromEntries(names.map((name, index) => [name, made[index]])) as Record<PersonName, TownPerson>;
  const { homes, places, now } = settlement;
  await db.insert(
    Household,
    (Object.keys(households) as HouseholdName[]).map((name) => ({
      id: homes[name],
      gridId: places.grids[households[name].group],
      door: households[name].door,
      headPersonId: people[name].id,
      isHub: name === 'hubKeeper' ? 1 : 0,
    })),
  );
  await db.insert(HouseholdLink, [
    { id: newId(), householdId: homes.resident, memberId: people.member.id, startsAt: longAgo(now) },
  ]);
  return people;
}

/** One statement per table, however many they are. `from` numbers their phones. */
export async function insertPeople(
  db: Db,
  parts: readonly Part[],
  { number, now, places, homes }: Settlement,
  from: number,
): Promise<TownPerson[]> {
  const people = parts.map((part, index) => ({
    part,
    id: newId(),
    name: part.name,
    phone: `13${String(number).padStart(5, '0')}${String(from + index).padStart(4, '0')}`,
    token: randomBytes(32).toString('base64url'),
  }));
  await db.insert(
    Person,
    people.map(({ part, id, name, phone }) => ({
      ...{ id, name, phone, createdAt: longAgo(now), agreedNotice: anyNotice },
      householdId: part.household ? homes[part.household] : null,
      publishedPhone: part.kind === 'partyMember' ? phone : null,
      homeOrganizationId: isMember(part) ? branchOf(part, places) : null,
    })),
  );
  await db.insert(
    RoleGrant,
    people.flatMap(({ part, id }) => grantOf(part, id, places, longAgo(now))),
  );
  await db.insert(
    PersonSkill,
    people.flatMap(({ part, id }) => (part.skills ?? []).map((skill) => ({ personId: id, skill }))),
  );
  await db.insert(
    Session,
    people.map(({ id, token }) => sessionOf(id, token, now)),
  );
  return people.map(({ id, name, phone, token }) => ({ id, name, phone, token }));
}

const isMember = ({ kind, tree }: Part): boolean => kind === 'partyMember' || tree === 'party';

function branchOf({ over }: Part, { branches }: Pick<Places, 'branches'>): string {
  if (over === 'town') return branches.committee;
  return over?.startsWith('b') || over === 'villageB' ? branches.b : branches.a;
}

function grantOf(part: Part, personId: string, { grids, branches }: Places, startsAt: Date): Partial<RoleGrant>[] {
  if (!part.role || !part.over) return [];
  const tree = part.tree ?? 'grid';
  const nodeId = tree === 'party' ? branchOf(part, { branches }) : grids[part.over];
  return [{ id: newId(), personId, role: part.role, kind: part.kind ?? null, tree, nodeId, startsAt }];
}

/** Last seen in the future: a test may move the clock by months and everybody is still signed in. */
const sessionOf = (personId: string, token: string, now: Date): Partial<Session> => ({
  ...{ id: newId(), personId, tokenHash: hashToken(token), channel: 'demo', createdAt: now },
  lastSeenAt: new Date(now.getTime() + 150 * day),
  expiresAt: new Date(now.getTime() + lifeBy(usualProtection, 'demo').absolute),
});
