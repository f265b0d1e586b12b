import { createHash } from 'node:crypto';
import { postsBeyond } from '../../foundation/access/posts-beyond';
import { maskIdNumber, maskName, maskPhone } from '../../foundation/access/masking';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { Change, Fault, Roster, RosterScope, Touch, Unit, UnitPlan } from '../../foundation/rosters/roster';
import { planLocked } from '../../foundation/rosters/plan-locked';
import { PersonSkill } from './person.entity';
import { addPeople, changePeople, type PersonFacts } from './roster-people';
import { faultOfEnding, faultOfPost, writePosts, type NewPost } from './roster-posts';
import {
  goneKept,
  peopleByIdNumbers,
  peopleByPhones,
  phoneKept,
  identityKept,
  vouchedOtherwise,
  withoutIdentity,
  type FoundPerson,
} from './roster-people.queries';
import { grantOf, peopleColumns, readPeopleRow, rosterPosts, type PeopleRow } from './people-roster-row';
import {
  countMissingHolders,
  missingHolders,
  organizationsByNames,
  postsOf,
  skillsOf,
  type FoundPost,
} from './people-roster.queries';

interface PeopleWork {
  readonly id: string | null;
  readonly name: string;
  readonly set: Partial<PersonFacts>;
  readonly addPosts: readonly NewPost[];
  readonly endPosts: readonly FoundPost[];
  readonly addSkills: readonly string[];
}

type PeopleUnit = Unit<PeopleRow>;

interface Found {
  readonly people: readonly FoundPerson[];
  /** Who holds a post that this importer could not give. */
  readonly postsBeyond: ReadonlySet<string>;
  readonly posts: readonly FoundPost[];
  readonly skills: ReadonlySet<string>;
  readonly organizations: ReadonlyMap<string, readonly string[]>;
}

/** 人员名册: members, workers, cadres; a row per post, all rows of one name and phone are one person. */
export const peopleRoster: Roster<PeopleRow, PeopleWork> = {
  kind: 'people',
  columns: peopleColumns,
  read: readPeopleRow,
  keyOf: ({ name, phone }, vault) => {
    const index = name === null || phone === null ? null : vault.index('person.phone', phone);
    return (
      index &&
      createHash('sha256')
        .update(index)
        .update(name ?? '')
        .digest('hex')
    );
  },
  plan: async (db, scope, units, lock) => {
    const plan = async () => {
      const found = await findFor(db, scope, units);
      return units.map((unit) => planPerson(unit, found, scope));
    };
    return lock ? planLocked(db, plan, { person: ({ work }) => (work.id === null ? [] : [work.id]) }) : plan();
  },
  apply: applyPeople,
  missing: async (db, scope, page) =>
    (await missingHolders(db, scope, page)).map(({ id, title }) => ({ id, title: maskName(title) })),
  countMissing: countMissingHolders,
};

async function findFor(db: Reading, { now, caller }: RosterScope, units: readonly PeopleUnit[]): Promise<Found> {
  const values = units.flatMap(({ rows }) => rows.map(({ value }) => value));
  const some = (texts: readonly (string | null)[]) => [...new Set(texts.filter((text) => text !== null))];
  const byPhone = await peopleByPhones(db, some(values.map(({ phone }) => phone)));
  const byNumber = await peopleByIdNumbers(db, some(values.map(({ idNumber }) => idNumber)));
  const people = [...new Map([...byPhone, ...byNumber].map((person) => [person.id, person])).values()];
  const ids = people.map(({ id }) => id);
  const organizations = new Map<string, string[]>();
  for (const { id, name } of await organizationsByNames(db, some(values.map(({ organization }) => organization))))
    organizations.set(name, [...(organizations.get(name) ?? []), id]);
  const beyond = new Set(await postsBeyond(db, caller, ids));
  return {
    people,
    organizations,
    postsBeyond: beyond,
    posts: await postsOf(db, ids, now),
    skills: await skillsOf(db, ids),
  };
}

function planPerson({ rows }: PeopleUnit, found: Found, scope: RosterScope): UnitPlan<PeopleWork> {
  const faults: Fault[] = [];
  const [first] = rows;
  if (!first) throw new Error('a unit of no rows');
  const fault = (number: number, column: string, words: string): void => void faults.push({ number, column, words });
  const { name, phone } = first.value;
  const one = (column: 'idNumber' | 'organization', words: string): string | null => {
    const given = [...new Set(rows.flatMap(({ value }) => value[column] ?? []))];
    if (given.length > 1) fault(first.number, column, words);
    return given[0] ?? null;
  };
  const idNumber = one('idNumber', '同一个人的身份证号不一样，请核对');
  const organization = one('organization', '同一个人的党组织不一样，请核对');
  const known = knownAs({ name, phone, idNumber }, found, (words) => fault(first.number, 'phone', words));
  // 离任 of whoever never was here: nobody is written down for that.
  if (known?.isGone || (known === null && rows.every(({ value }) => value.leaves)))
    return nothing(titleOf(first.value), { faults, hints: known ? [goneKept(known.name)] : [] });
  if (known?.id === scope.caller.personId) fault(first.number, 'name', '自己的岗位不能自己导入，请让另一位管理员办');
  if (known && isElsewhere(known, found, scope)) fault(first.number, 'name', '这个人在您管的范围以外，不能由您改');
  const home =
    organization === null
      ? null
      : organizationOf(organization, found, scope, (words) => fault(first.number, 'organization', words));
  const keepsPhone = known !== null && vouchedOtherwise(known, phone);
  const facts: Partial<PersonFacts> = {
    ...(name ? { name } : {}),
    ...(phone && !keepsPhone ? { phone } : {}),
    ...(idNumber ? { idNumber } : {}),
    ...(home ? { homeOrganizationId: home } : {}),
  };
  const said: Partial<PersonFacts> = known
    ? Object.fromEntries(Object.entries(facts).filter(([fact, value]) => known[fact as keyof FoundPerson] !== value))
    : facts;
  const isBeyond = known !== null && found.postsBeyond.has(known.id);
  const set = isBeyond ? withoutIdentity(said) : said;
  const posts = postsFor(rows, known, found, scope, fault);
  const addSkills = [...new Set(rows.flatMap(({ value }) => value.skills))].filter(
    (skill) => !known || !found.skills.has(`${known.id} ${skill}`),
  );
  const work: PeopleWork = { id: known?.id ?? null, name: known?.name ?? name ?? '', set, ...posts, addSkills };
  const changes = changesOf(work, known);
  return {
    standing: standingOf(work, changes),
    thingId: work.id,
    title: titleOf(first.value),
    changes,
    faults,
    hints: [...(keepsPhone ? [phoneKept(known.name)] : []), ...(isBeyond ? identityKept(known, said) : [])],
    work,
  };
}

function knownAs(
  { name, phone, idNumber }: Pick<PeopleRow, 'name' | 'phone' | 'idNumber'>,
  { people }: Found,
  fault: (words: string) => void,
): FoundPerson | null {
  const living = people.filter(({ isGone }) => !isGone);
  const byNumber = (some: readonly FoundPerson[]): FoundPerson | undefined =>
    idNumber === null ? undefined : some.find((person) => person.idNumber === idNumber);
  const named = (some: readonly FoundPerson[]): FoundPerson[] =>
    some.filter(
      (person) => person.phone === phone && person.name === name && (person.idNumber === null || idNumber === null),
    );
  const numbered = byNumber(living);
  if (numbered) return numbered;
  const [one, another] = named(living);
  if (another) fault('系统里有几位同名同号的人，请填身份证号来认准');
  return one ?? byNumber(people) ?? named(people)[0] ?? null;
}

const titleOf = ({ name, phone }: PeopleRow): string =>
  [maskName(name ?? ''), phone && maskPhone(phone)].filter(Boolean).join('　');

const nothing = (title: string, told: Pick<UnitPlan<PeopleWork>, 'faults' | 'hints'>): UnitPlan<PeopleWork> => ({
  ...{ standing: 'unchanged', thingId: null, title, changes: [], ...told },
  work: { id: null, name: '', set: {}, addPosts: [], endPosts: [], addSkills: [] },
});

/** Somebody who lives, or serves, and does so only outside of what is imported for. */
function isElsewhere(
  { id, homeGridId, homeOrganizationId }: FoundPerson,
  { posts }: Found,
  { tree, grid }: RosterScope,
): boolean {
  const grids = posts.filter(({ personId }) => personId === id).map(({ nodeId }) => nodeId);
  const organizations = [homeOrganizationId, ...grids].flatMap((node) =>
    node ? tree.gridsOfOrganization(node).map((each) => each.id) : [],
  );
  const around = [...(homeGridId ? [homeGridId] : []), ...grids.filter((node) => tree.grid(node)), ...organizations];
  return around.length > 0 && !around.some((each) => tree.isWithin(each, grid.id));
}

function organizationOf(
  name: string,
  { organizations }: Found,
  { tree, grid }: RosterScope,
  fault: (words: string) => void,
): string | null {
  const here = (organizations.get(name) ?? []).filter((id) =>
    tree.gridsOfOrganization(id).some((each) => tree.isWithin(each.id, grid.id)),
  );
  if (here.length === 1) return here[0] ?? null;
  fault(
    here.length === 0 ? `“${grid.name}”里没有这个党组织，请写全名，或先导入党组织` : '有几个同名的党组织，请先改名',
  );
  return null;
}

type NoteFault = (number: number, column: string, words: string) => void;

function postsFor(
  rows: PeopleUnit['rows'],
  known: FoundPerson | null,
  found: Found,
  scope: RosterScope,
  fault: NoteFault,
): Pick<PeopleWork, 'addPosts' | 'endPosts'> {
  const { tree, grid: within } = scope;
  const addPosts = new Map<string, NewPost>();
  const endPosts = new Map<string, FoundPost>();
  const mine = found.posts.filter(({ personId }) => personId === known?.id);
  for (const { number, value } of rows) {
    const { post, gridCode, from, to, leaves } = value;
    if (post === null || gridCode === null) continue;
    const grid = tree.grids.find(({ code }) => code === gridCode);
    if (!grid || !tree.isWithin(grid.id, within.id)) {
      fault(number, 'gridCode', grid ? `这个网格不在“${within.name}”里` : '没有这个编码的网格，请先导入网格');
      continue;
    }
    const { role, kind } = grantOf(post);
    const held = mine.filter((each) => each.role === role && each.kind === kind && each.nodeId === grid.id);
    if (leaves) {
      for (const each of held) {
        const wrong = faultOfEnding(each, post, scope);
        if (wrong) fault(number, wrong.column, wrong.words);
        endPosts.set(each.id, each);
      }
      continue;
    }
    if (held.length > 0) continue;
    const wanted = { post, gridId: grid.id, from, to };
    const wrong = faultOfPost(wanted, mine, scope);
    if (wrong) fault(number, wrong.column, wrong.words);
    addPosts.set(`${post} ${grid.id}`, wanted);
  }
  return { addPosts: [...addPosts.values()], endPosts: [...endPosts.values()] };
}

function changesOf({ set, addPosts, endPosts, addSkills }: PeopleWork, known: FoundPerson | null): Change[] {
  const masks: Partial<Record<keyof PersonFacts, [string, (text: string | null) => string | null]>> = {
    name: ['姓名', (text) => text && maskName(text)],
    phone: ['手机号', maskPhone],
    idNumber: ['身份证号', maskIdNumber],
    homeOrganizationId: ['党组织', (text) => text && '有'],
  };
  const facts =
    known === null
      ? []
      : (Object.keys(set) as (keyof typeof masks)[]).flatMap((fact): Change[] => {
          const [what, mask] = masks[fact] ?? [];
          return what && mask ? [{ what, from: mask(known[fact]), to: mask(set[fact] ?? null) }] : [];
        });
  return [
    ...facts,
    ...addPosts.map(({ post }) => ({ what: '岗位', from: null, to: rosterPosts[post] })),
    ...endPosts.map(() => ({ what: '岗位', from: '在任', to: '离任' })),
    ...(addSkills.length > 0 ? [{ what: '技能', from: null, to: `增加 ${addSkills.length} 项` }] : []),
  ];
}

function standingOf({ id, endPosts }: PeopleWork, changes: readonly Change[]): UnitPlan<PeopleWork>['standing'] {
  if (id === null) return 'added';
  if (changes.length === 0) return 'unchanged';
  return endPosts.length === changes.length ? 'ended' : 'changed';
}

async function applyPeople(
  db: Db,
  scope: RosterScope,
  plans: readonly UnitPlan<PeopleWork>[],
  touch: Touch,
): Promise<void> {
  const { now } = scope;
  const works = plans.map(({ work }) => ({ ...work, personId: work.id ?? newId() }));
  touch(works.map(({ personId }) => personId));
  await addPeople(
    db,
    works.filter(({ id }) => id === null).map(({ personId, name, set }) => ({ ...set, id: personId, name })),
    now,
  );
  await changePeople(
    db,
    works.filter(({ id }) => id !== null).map(({ personId, name, set }) => ({ id: personId, name, set })),
    now,
  );
  await writePosts(db, scope, works);
  await db.insert(
    PersonSkill,
    works.flatMap(({ personId, addSkills }) => addSkills.map((skill) => ({ personId, skill }))),
  );
}
