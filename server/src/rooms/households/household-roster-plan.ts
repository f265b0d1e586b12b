import { maskName } from '../../foundation/access/masking';
import type { GridNode } from '../../foundation/reference/tree';
import type { Change, Fault, RosterScope, UnitPlan } from '../../foundation/rosters/roster';
import type { Found, HouseholdUnit } from './household-roster-find';
import { planPerson, type PersonWork } from './household-roster-person';
import type { HouseholdRow } from './household-roster-row';
import type { FoundHousehold } from './household-roster.queries';

/** What is written of one household. */
export interface HouseholdWork {
  readonly id: string | null;
  readonly code: string;
  readonly gridId: string;
  /** Facts that change, or all of a new one. */
  readonly set: { readonly gridId?: string; readonly door?: string; readonly isHub?: number };
  readonly people: readonly PersonWork[];
  /** Row of the head, where that changes. */
  readonly headRow: number | null;
  readonly link: { readonly memberId: string; readonly instead: readonly string[] } | null;
}

/** Facts of the household stand in one of its rows, or the same in several. */
interface Said {
  readonly gridCode: string | null;
  readonly grid: GridNode | null;
  readonly door: string | null;
  readonly isHub: boolean | null;
  readonly member: { readonly name: string; readonly phone: string; readonly number: number } | null;
}

export function planHousehold(unit: HouseholdUnit, found: Found, scope: RosterScope): UnitPlan<HouseholdWork> {
  const faults: Fault[] = [];
  const number = unit.rows[0]?.number ?? 0;
  const fault = (column: string | null, words: string): void => void faults.push({ number, column, words });
  const said = saidOf(unit, found, scope, fault);
  const household = householdFor(unit, found, scope);
  const people = unit.rows.map((row) => planPerson(row, household, unit, found, scope));
  faults.push(...people.flatMap((plan) => plan.faults), ...twice(unit));
  const peopleWork = people.flatMap(({ work: each }) => each ?? []);
  if (household === null) judgeNew(unit, said, { found, scope, opens: opensHousehold(peopleWork) }, fault);
  const headRow = judgeHead(unit, household, peopleWork, found, fault);
  const set = settingOf(said, household);
  const link = linkOf(said, household, peopleWork, found, faults);
  const closes = household !== null && isEmptied(household, peopleWork, found);
  const gridId = said.grid?.id ?? household?.gridId ?? '';
  const work: HouseholdWork = {
    ...{ id: household?.id ?? null, code: unit.key, gridId, set, people: peopleWork, headRow, link },
  };
  const changes = [
    ...settingChanges(set, household, scope),
    ...headChange(headRow, household, unit),
    ...people.flatMap((plan) => plan.changes),
    ...linkChanges(link, said, household, found),
  ];
  return {
    ...{ standing: standingOf(work, closes, changes), thingId: household?.id ?? null, changes, faults, work },
    title: titleOf(unit, said.grid ?? (household && scope.tree.grid(household.gridId)) ?? null, scope),
    hints: [...people.flatMap((plan) => plan.hints), ...hintsOf(household, peopleWork, found)],
  };
}

/** Somebody comes to live there: rows of nobody but the dead and the departed open no household. */
export const opensHousehold = (people: readonly PersonWork[]): boolean => people.some(({ joins }) => joins);

/** 销户: nobody is left. */
function standingOf(
  { id, people }: HouseholdWork,
  closes: boolean,
  changes: readonly Change[],
): UnitPlan<HouseholdWork>['standing'] {
  if (id === null && opensHousehold(people)) return 'added';
  if (closes) return 'ended';
  return changes.length > 0 ? 'changed' : 'unchanged';
}

type NoteFault = (column: string | null, words: string) => void;

function saidOf({ rows }: HouseholdUnit, found: Found, { tree, grid: within }: RosterScope, fault: NoteFault): Said {
  const one = <T>(column: keyof HouseholdRow, head: string): T | null => {
    const given = [...new Set(rows.flatMap(({ value }) => (value[column] === null ? [] : [value[column]])))];
    if (given.length > 1) fault(String(column), `同一户的${head}不一样，请核对`);
    return (given[0] as T | undefined) ?? null;
  };
  const code = one<string>('gridCode', '网格编码');
  const grid = code === null ? null : (found.gridByCode.get(code) ?? null);
  if (code !== null && grid === null) fault('gridCode', '没有这个编码的网格，请核对，或先导入网格');
  if (grid && !tree.isWithin(grid.id, within.id))
    fault('gridCode', `这个网格不在“${within.name}”里，您这次只能导入那里的`);
  else if (grid && tree.children(grid.id).length > 0) fault('gridCode', `“${grid.name}”下面还分小组，请填到小组的编码`);
  const withMember = rows.find(({ value }) => value.memberName !== null && value.memberPhone !== null);
  one('memberPhone', '联系党员');
  const member = withMember && {
    ...{ name: withMember.value.memberName ?? '', phone: withMember.value.memberPhone ?? '' },
    number: withMember.number,
  };
  const [door, isHub] = [one<string>('door', '门牌'), one<boolean>('isHub', '党员中心户')];
  return { gridCode: code, grid, door, isHub, member: member ?? null };
}

/** Where both are true, both households are written into the file. */
const lostZerosWords = (whole: string): string =>
  `像是丢了前面的 0：系统里有户号 ${whole}。请把这一列设为文本格式，改成 ${whole}；真是另外一户的，把 ${whole} 那一户也写进表里`;

/** Something stands there that cannot be read, and that is told: what follows from it is not. */
const isUnread = (rows: HouseholdUnit['rows'], column: keyof HouseholdRow): boolean =>
  rows.some(({ faults }) => faults.some((fault) => fault.column === column));

function householdFor(
  { key: code }: HouseholdUnit,
  found: Found,
  { tree, grid: within }: RosterScope,
): FoundHousehold | null {
  const open = (found.households.get(code) ?? []).filter(({ isClosed }) => !isClosed);
  return open.find(({ gridId }) => tree.isWithin(gridId, within.id)) ?? null;
}

interface AboutNew {
  readonly found: Found;
  readonly scope: RosterScope;
  readonly opens: boolean;
}

/** 户号 that the place of the import does not know. */
function judgeNew(
  { key: code, rows }: HouseholdUnit,
  said: Said,
  { found, scope: { tree, grid: within }, opens }: AboutNew,
  fault: NoteFault,
): void {
  const inCounty = (found.households.get(code) ?? []).filter(
    ({ gridId, isClosed }) => !isClosed && tree.grid(gridId)?.county === within.county,
  );
  const whole = found.lostZeros.get(code);
  // Two villages may number theirs in two ways.
  const isNear = whole && (!said.grid || tree.grid(whole.gridId)?.village === said.grid.village);
  if (inCounty.length === 0 && isNear) return fault('code', lostZerosWords(whole.code));
  if (!opens) return;
  if (inCounty.length > 0) fault('code', '这个户号已经用在别处了，请核对');
  else if (said.gridCode === null && !isUnread(rows, 'gridCode')) fault('gridCode', '新的户要填网格编码');
}

/** Exactly one head, and he stays in the household. Gives his row where he is another one than before. */
function judgeHead(
  { rows }: HouseholdUnit,
  household: FoundHousehold | null,
  work: readonly PersonWork[],
  found: Found,
  fault: NoteFault,
): number | null {
  const heads = rows.filter(({ value }) => value.relation === 'head' && value.ending === null);
  if (heads.length > 1) fault('relation', `这一户有 ${heads.length} 个户主，只能有一个`);
  const head = heads[0] && work.find(({ number }) => number === heads[0]?.number);
  const left = household === null ? null : leaving(household, work, found);
  // Whose relation cannot be read may well be the head.
  if (!head && household === null && opensHousehold(work) && !isUnread(rows, 'relation'))
    fault('relation', '这一户还没有户主');
  const isLost = household?.headPersonId !== null && left?.gone.has(household?.headPersonId ?? '') === true;
  if (!head && household !== null && isLost && left.staying > 0)
    fault('relation', '原来的户主不在了，请在这一户里写明新户主');
  return head && (head.id === null || head.id !== household?.headPersonId) ? head.number : null;
}

function leaving({ id }: FoundHousehold, people: readonly PersonWork[], found: Found) {
  const gone = new Set(people.flatMap((each) => (each.ending !== null && each.id !== null ? [each.id] : [])));
  const members = (found.membersOf.get(id) ?? []).filter(
    (person) => !gone.has(person.id) && !found.movedByFile.has(person.id),
  );
  const coming = people.filter(({ joins }) => joins);
  return { gone, staying: members.length + coming.length };
}

const isEmptied = (household: FoundHousehold, people: readonly PersonWork[], found: Found): boolean => {
  const { gone, staying } = leaving(household, people, found);
  return gone.size > 0 && staying === 0;
};

/** Two rows of a household that are one person. */
function twice({ rows }: HouseholdUnit): Fault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ number, value: { name, bornOn, phone, idNumber } }) => {
    // The same identity number twice is told at that cell, wherever in the file it stands.
    if (idNumber !== null) return [];
    const who = `${name} ${bornOn ?? phone ?? ''}`;
    const before = first.get(who);
    first.set(who, before ?? number);
    if (name === null || before === undefined) return [];
    return [{ number, column: 'name', words: `和第 ${before} 行是同一个人，请删掉一行` }];
  });
}

function settingOf({ grid, door, isHub }: Said, household: FoundHousehold | null): HouseholdWork['set'] {
  return {
    ...(grid && grid.id !== household?.gridId ? { gridId: grid.id } : {}),
    ...(door !== null && door !== household?.door ? { door } : {}),
    ...(isHub !== null && isHub !== (household?.isHub ?? false) ? { isHub: isHub ? 1 : 0 } : {}),
  };
}

function linkOf(
  { member }: Said,
  household: FoundHousehold | null,
  people: readonly PersonWork[],
  found: Found,
  faults: Fault[],
): HouseholdWork['link'] {
  if (!member || (household === null && !opensHousehold(people))) return null;
  const refuse = (words: string): null => {
    faults.push({ number: member.number, column: 'memberName', words });
    return null;
  };
  const named = (found.byPhone.get(member.phone) ?? []).filter(({ name, isGone }) => name === member.name && !isGone);
  const [person, another] = named.filter(({ id }) => found.partyMembers.has(id));
  if (!person)
    return refuse(named.length > 0 ? '这个人在系统里不是党员' : '系统里没有这个姓名和手机号的党员，请先导入人员');
  if (another) return refuse('有两位同名同号的党员，请先核对人员名册');
  const lives =
    people.some(({ id }) => id === person.id) || (household !== null && person.householdId === household.id);
  if (lives) return refuse('联系党员就住在这一户，请换一位');
  const links = household === null ? [] : (found.linksOf.get(household.id) ?? []);
  if (links.some(({ memberId }) => memberId === person.id)) return null;
  return { memberId: person.id, instead: links.map(({ id }) => id) };
}

const settingNames = { gridId: '网格', door: '门牌', isHub: '党员中心户' } as const;

function settingChanges(set: HouseholdWork['set'], household: FoundHousehold | null, { tree }: RosterScope): Change[] {
  if (household === null) return [];
  const yes = (is: boolean): string => (is ? '是' : '否');
  return (Object.keys(set) as (keyof typeof settingNames)[]).map((fact) => {
    const what = settingNames[fact];
    if (fact === 'gridId')
      return { what, from: tree.grid(household.gridId)?.name ?? null, to: tree.grid(set.gridId ?? '')?.name ?? null };
    if (fact === 'isHub') return { what, from: yes(household.isHub), to: yes(set.isHub === 1) };
    return { what, from: household.door === null ? null : '原门牌', to: '新门牌' };
  });
}

function headChange(headRow: number | null, household: FoundHousehold | null, { rows }: HouseholdUnit): Change[] {
  if (headRow === null || household === null) return [];
  const head = rows.find(({ number }) => number === headRow);
  return [{ what: '户主', from: null, to: maskName(head?.value.name ?? '') }];
}

function linkChanges(
  link: HouseholdWork['link'],
  { member }: Said,
  household: FoundHousehold | null,
  found: Found,
): Change[] {
  if (!link) return [];
  const before = household === null ? [] : (found.linksOf.get(household.id) ?? []);
  const from = before.map(({ memberName }) => maskName(memberName)).join('、') || null;
  return [{ what: '联系党员', from, to: maskName(member?.name ?? '') }];
}

function titleOf({ key, rows }: HouseholdUnit, grid: GridNode | null, { tree }: RosterScope): string {
  const village = grid?.village ? tree.grid(grid.village) : undefined;
  const place = [village, grid].flatMap((each) => each?.name ?? []);
  const head = rows.find(({ value }) => value.relation === 'head')?.value.name ?? rows[0]?.value.name;
  const code = key.startsWith('!') ? '没有户号' : `户号 ${key}`;
  return [[...new Set(place)].join(''), code, maskName(head ?? ''), `${rows.length} 人`].filter(Boolean).join('　');
}

/** Those whom the system has in the household and the file has not: said, never taken away. */
function hintsOf(household: FoundHousehold | null, people: readonly PersonWork[], found: Found): string[] {
  if (household === null) return [];
  const named = new Set(people.map(({ id }) => id));
  const missing = (found.membersOf.get(household.id) ?? []).filter(({ id }) => !named.has(id));
  if (missing.length === 0) return [];
  return [
    `系统里这一户还有 ${missing.length} 人不在文件里：${missing.map(({ name }) => maskName(name)).join('、')}，不会删掉`,
  ];
}
