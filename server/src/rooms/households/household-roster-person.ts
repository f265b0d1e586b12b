import {
  householdFlags,
  relations,
  residences,
  type FlagGround,
  type HouseholdFlagName,
} from '@sandan/shared/households/household.words';
import { maskIdNumber, maskName, maskPhone } from '../../foundation/access/masking';
import type { Change, Fault, ReadRow, RosterScope } from '../../foundation/rosters/roster';
import {
  goneKept,
  identityKept,
  phoneKept,
  vouchedOtherwise,
  withoutIdentity,
  type FoundPerson,
} from '../people/roster-people.queries';
import type { Found, HouseholdUnit } from './household-roster-find';
import { endings, flagName, type Ending, type HouseholdRow } from './household-roster-row';
import { personFor } from './household-roster-who';
import type { FoundFlag, FoundHousehold } from './household-roster.queries';

/** Facts of a person that a row says; what it leaves empty is left out. */
export type RowFacts = Partial<Pick<FoundPerson, 'name' | 'phone' | 'idNumber' | 'relation' | 'residence' | 'bornOn'>>;

/** What is written of one row. */
export interface PersonWork {
  readonly number: number;
  /** Null: somebody new. */
  readonly id: string | null;
  readonly name: string;
  readonly set: RowFacts;
  /** Comes into the household from outside of it, or is new. */
  readonly joins: boolean;
  /** The household that he leaves: for this one, or because he died or has moved away. */
  readonly leaves: string | null;
  readonly ending: Ending | null;
  readonly addFlags: readonly { readonly flag: HouseholdFlagName; readonly ground: FlagGround | null }[];
  readonly endFlags: readonly string[];
}

export interface PersonPlan {
  /** Null: there is nothing to write. */
  readonly work: PersonWork | null;
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
  readonly hints: readonly string[];
}

type Row = ReadRow<HouseholdRow>;

export function planPerson(
  { number, value }: Row,
  household: FoundHousehold | null,
  unit: HouseholdUnit,
  found: Found,
  scope: RosterScope,
): PersonPlan {
  const known = personFor(value, household, found, scope);
  if (known?.isGone) return nothing(value.ending === null ? [goneKept(known.name)] : []);
  const there = household === null ? [] : (found.flagsOf.get(household.id) ?? []);
  const flags = planFlags(value, known, there, unit);
  if (value.ending !== null) return planEnding(known, { number, value, household, found, scope }, flags);
  const joins = known === null || household === null || known.householdId !== household.id;
  const leaves = joins ? (known?.householdId ?? null) : null;
  const isBeyond = known !== null && found.postsBeyond.has(known.id);
  const said = settingOf(value, known, joins);
  const set = isBeyond ? withoutIdentity(said) : said;
  const name = known?.name ?? value.name ?? '';
  return {
    work: { number, id: known?.id ?? null, name, set, joins, leaves, ending: null, ...flags },
    changes: changesOf({ value, known, set, joins, flags }),
    faults: known === null ? [] : elsewhereFaults(known, household, number, scope),
    hints: known === null ? [] : [...hintsOf(known, value, leaves), ...(isBeyond ? identityKept(known, said) : [])],
  };
}

const nothing = (hints: readonly string[]): PersonPlan => ({ work: null, changes: [], faults: [], hints });

interface Ended {
  readonly number: number;
  readonly value: HouseholdRow;
  readonly household: FoundHousehold | null;
  readonly found: Found;
  readonly scope: RosterScope;
}

/** 死亡、迁出: the row says that alone. Whom the house has not has left it, be it by the same file read before. */
function planEnding(known: FoundPerson | null, ended: Ended, flags: Flags): PersonPlan {
  const { number, value, household } = ended;
  const { ending } = value;
  if (ending === null || known === null) return nothing([`系统里没有找到 ${maskName(value.name ?? '')}，没有要登记的`]);
  if (ending === 'moved' && known.householdId !== household?.id) return nothing([]);
  const who = maskName(known.name);
  const { id, name, householdId: leaves } = known;
  return {
    work: { number, id, name, set: {}, joins: false, leaves, ending, ...flags },
    changes: [...flagChanges(who, flags), { what: endings[ending], from: who, to: null }],
    faults: ending === 'dead' ? deathFaults(known, ended) : [],
    hints: [],
  };
}

/** What is left empty stays; but what somebody was to the head of his old household he is not to that of the new one. */
function settingOf(value: HouseholdRow, known: FoundPerson | null, joins: boolean): RowFacts {
  const facts = factsOf(value);
  if (known === null) return facts;
  const { phone, ...others } = facts;
  const kept = phone === undefined || vouchedOtherwise(known, phone) ? {} : { phone };
  return differing({ ...(joins ? { relation: null } : {}), ...others, ...kept }, known);
}

const elsewhereFaults = (
  known: FoundPerson,
  household: FoundHousehold | null,
  number: number,
  scope: RosterScope,
): Fault[] =>
  isElsewhere(known, household, scope)
    ? [{ number, column: 'idNumber', words: '这个身份证号已登记在您管的范围以外，请那边先办迁出' }]
    : [];

function deathFaults(known: FoundPerson, { number, household, found, scope }: Ended): Fault[] {
  const fault = (column: string, words: string): Fault => ({ number, column, words });
  const elsewhere = isElsewhere(known, household, scope)
    ? [fault('idNumber', '这个身份证号已登记在您管的范围以外，请那边登记')]
    : [];
  const isOwn = known.id === scope.caller.personId;
  if (!isOwn && !found.postsBeyond.has(known.id)) return elsewhere;
  const words = isOwn ? '不能把自己登记为死亡' : '这个人担任的职务不归您免去，请先由任命的上级登记离任';
  return [...elsewhere, fault('state', words)];
}

function hintsOf(known: FoundPerson, { phone, hasNoPhone }: HouseholdRow, leaves: string | null): string[] {
  const says = phone !== null || hasNoPhone;
  return [
    ...(says && vouchedOtherwise(known, phone) ? [phoneKept(known.name)] : []),
    ...(leaves === null ? [] : [`${maskName(known.name)} 从另一户迁来，那一户给他记的特殊情况不带过来`]),
  ];
}

function isElsewhere(
  { householdId, homeGridId }: FoundPerson,
  household: FoundHousehold | null,
  { tree, grid }: RosterScope,
): boolean {
  if (householdId === null || householdId === household?.id || homeGridId === null) return false;
  return !tree.isWithin(homeGridId, grid.id);
}

function factsOf(value: HouseholdRow): RowFacts {
  const { name, idNumber, relation, residence, bornOn } = value;
  const phone = value.hasNoPhone ? { phone: null } : value.phone !== null && { phone: value.phone };
  const said = { name, idNumber, relation, residence, bornOn };
  return { ...Object.fromEntries(Object.entries(said).filter(([, fact]) => fact !== null)), ...phone };
}

const differing = (facts: RowFacts, known: FoundPerson): RowFacts =>
  Object.fromEntries(Object.entries(facts).filter(([fact, value]) => known[fact as keyof RowFacts] !== value));

type Flags = Pick<PersonWork, 'addFlags' | 'endFlags'>;

function planFlags(
  { flags, hasNoFlags, ground, ending }: HouseholdRow,
  known: FoundPerson | null,
  there: readonly FoundFlag[],
  { rows }: HouseholdUnit,
): Flags {
  const standing = (flag: HouseholdFlagName): boolean =>
    there.some((each) => each.flag === flag && (!householdFlags[flag].ofPerson || each.personId === known?.id));
  const own = there.filter(({ personId }) => known !== null && personId === known.id);
  if (ending !== null) return { addFlags: [], endFlags: own.map(({ id }) => id) };
  const fromRoster = there.filter(
    ({ personId, source }) => source === 'roster' && (personId === null || personId === known?.id),
  );
  // “无” in one row does not take from the household what another of its rows says.
  const isSaid = ({ personId, flag }: FoundFlag): boolean =>
    personId === null && rows.some((row) => row.value.flags.includes(flag));
  const cleared = hasNoFlags ? fromRoster.filter((flag) => !isSaid(flag)) : [];
  return {
    addFlags: flags
      .filter((flag) => !standing(flag))
      .map((flag) => ({ flag, ground: householdFlags[flag].sensitive ? ground : null })),
    endFlags: cleared.map(({ id }) => id),
  };
}

interface Told {
  readonly value: HouseholdRow;
  readonly known: FoundPerson | null;
  readonly set: RowFacts;
  readonly joins: boolean;
  readonly flags: Flags;
}

const factNames: Readonly<Record<keyof RowFacts, string>> = {
  name: '姓名',
  phone: '手机号',
  idNumber: '身份证号',
  relation: '与户主关系',
  residence: '居住状况',
  bornOn: '出生日期',
};

function changesOf({ value, known, set, joins, flags }: Told): Change[] {
  const who = maskName(value.name ?? '');
  if (known === null) return [{ what: '新增人员', from: null, to: who }, ...flagChanges(who, flags)];
  const facts = (Object.keys(set) as (keyof RowFacts)[]).map((fact) => ({
    ...{ what: `${who} ${factNames[fact]}`, from: shown(fact, known[fact]), to: shown(fact, set[fact] ?? null) },
  }));
  const moved = joins ? [{ what: '迁入', from: known.householdId === null ? null : '另一户', to: who }] : [];
  return [...moved, ...facts, ...flagChanges(who, flags)];
}

function flagChanges(who: string, { addFlags, endFlags }: Flags): Change[] {
  const what = `${who} 特殊情况`;
  const added = addFlags.map(({ flag }) => ({ what, from: null, to: flagName(flag) }));
  return endFlags.length > 0 ? [...added, { what, from: `${endFlags.length} 项`, to: '去掉' }] : added;
}

/** As it may be shown: numbers, names and birthdays never whole. */
function shown(fact: keyof RowFacts, value: string | null): string | null {
  if (value === null) return null;
  if (fact === 'name') return maskName(value);
  if (fact === 'phone') return maskPhone(value) ?? '***';
  if (fact === 'idNumber') return maskIdNumber(value) ?? '***';
  if (fact === 'bornOn') return `${value.slice(0, 4)}-**-**`;
  return fact === 'relation'
    ? relations[value as keyof typeof relations]
    : residences[value as keyof typeof residences];
}
