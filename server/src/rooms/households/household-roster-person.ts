import {
  householdFlags,
  relations,
  residences,
  type FlagGround,
  type HouseholdFlagName,
} from '@sandan/shared/households/household.words';
import { maskIdNumber, maskName, maskPhone } from '../../foundation/access/masking';
import type { Change, Fault, ReadRow, RosterScope } from '../../foundation/rosters/roster';
import { phoneKept, vouchedOtherwise, type FoundPerson } from '../people/roster-people.queries';
import type { Found, HouseholdUnit } from './household-roster-find';
import { flagName, type Ending, type HouseholdRow } from './household-roster-row';
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
  /** The household that he leaves for it. */
  readonly leaves: string | null;
  readonly ending: Ending | null;
  readonly addFlags: readonly { readonly flag: HouseholdFlagName; readonly ground: FlagGround | null }[];
  readonly endFlags: readonly string[];
}

export interface PersonPlan {
  readonly work: PersonWork;
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
  const known = personFor(value, household, found);
  const joins = known === null || household === null || known.householdId !== household.id;
  const leaves = joins ? (known?.householdId ?? null) : null;
  const set = settingOf(value, known, joins);
  const flags = planFlags(value, known, household === null ? [] : (found.flagsOf.get(household.id) ?? []), unit);
  const ending = known === null ? null : value.ending;
  const name = known?.name ?? value.name ?? '';
  return {
    work: { number, id: known?.id ?? null, name, set, joins, leaves, ending, ...flags },
    changes: changesOf({ value, known, set, joins, flags, ending }),
    faults: known === null ? [] : faultsOf(known, { number, ending, household, found, scope }),
    hints: known === null ? [] : hintsOf(known, value, leaves),
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

interface Judged {
  readonly number: number;
  readonly ending: Ending | null;
  readonly household: FoundHousehold | null;
  readonly found: Found;
  readonly scope: RosterScope;
}

function faultsOf(known: FoundPerson, { number, ending, household, found, scope }: Judged): Fault[] {
  const elsewhere = strangeness(known, household, scope);
  const faults = elsewhere === null ? [] : [{ number, column: 'idNumber', words: elsewhere }];
  if (ending !== 'dead') return faults;
  if (!found.deathsBeyond.has(known.id)) return faults;
  const isOwn = known.id === scope.caller.personId;
  const words = isOwn ? '不能把自己登记为死亡' : '这个人担任的职务不归您免去，请先由任命的上级登记离任';
  return [...faults, { number, column: 'state', words }];
}

function hintsOf(known: FoundPerson, { phone, hasNoPhone }: HouseholdRow, leaves: string | null): string[] {
  const says = phone !== null || hasNoPhone;
  return [
    ...(says && vouchedOtherwise(known, phone) ? [phoneKept(known.name)] : []),
    ...(leaves === null ? [] : [`${maskName(known.name)} 从另一户迁来，那一户给他记的特殊情况不带过来`]),
  ];
}

/** By identity number; else, within the household or of no household at all, by name with phone or birthday, or by a name that is the only one. */
function personFor(value: HouseholdRow, household: FoundHousehold | null, found: Found): FoundPerson | null {
  const byNumber = value.idNumber === null ? undefined : found.byIdNumber.get(value.idNumber);
  if (byNumber) return byNumber;
  const isSame = (person: FoundPerson): boolean =>
    person.name === value.name && (person.idNumber === null || value.idNumber === null);
  const members = (household ? (found.membersOf.get(household.id) ?? []) : []).filter(isSame);
  const byPhone = value.phone === null ? undefined : members.find(({ phone }) => phone === value.phone);
  const byDay = value.bornOn === null ? undefined : members.find(({ bornOn }) => bornOn === value.bornOn);
  const [only, another] = members;
  const homeless = (value.phone === null ? [] : (found.byPhone.get(value.phone) ?? [])).filter(
    (person) => person.householdId === null && isSame(person),
  );
  const alone = another === undefined && !contradicts(only, value) ? only : undefined;
  return byPhone ?? byDay ?? alone ?? (homeless.length === 1 ? (homeless[0] ?? null) : null);
}

/** Father and son may have one name: another birthday is another person. */
const contradicts = (person: FoundPerson | undefined, { bornOn }: HouseholdRow): boolean =>
  person !== undefined && person.bornOn !== null && bornOn !== null && person.bornOn !== bornOn;

function strangeness(
  person: FoundPerson,
  household: FoundHousehold | null,
  { tree, grid }: RosterScope,
): string | null {
  if (person.householdId === null || person.householdId === household?.id || person.homeGridId === null) return null;
  return tree.isWithin(person.homeGridId, grid.id) ? null : '这个身份证号已登记在您管的范围以外，请那边先办迁出';
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
    endFlags: (ending === null ? cleared : own).map(({ id }) => id),
  };
}

interface Told {
  readonly value: HouseholdRow;
  readonly known: FoundPerson | null;
  readonly set: RowFacts;
  readonly joins: boolean;
  readonly flags: Flags;
  readonly ending: Ending | null;
}

const factNames: Readonly<Record<keyof RowFacts, string>> = {
  name: '姓名',
  phone: '手机号',
  idNumber: '身份证号',
  relation: '与户主关系',
  residence: '居住状况',
  bornOn: '出生日期',
};

function changesOf({ value, known, set, joins, flags, ending }: Told): Change[] {
  const who = maskName(value.name ?? '');
  const added: Change[] = flags.addFlags.map(({ flag }) => ({
    what: `${who} 特殊情况`,
    from: null,
    to: flagName(flag),
  }));
  if (known === null) return [{ what: '新增人员', from: null, to: who }, ...added];
  const facts = (Object.keys(set) as (keyof RowFacts)[]).map((fact) => ({
    ...{ what: `${who} ${factNames[fact]}`, from: shown(fact, known[fact]), to: shown(fact, set[fact] ?? null) },
  }));
  const gone =
    flags.endFlags.length > 0 ? [{ what: `${who} 特殊情况`, from: `${flags.endFlags.length} 项`, to: '去掉' }] : [];
  const moved = joins ? [{ what: '迁入', from: known.householdId === null ? null : '另一户', to: who }] : [];
  const ended = ending === null ? [] : [{ what: ending === 'dead' ? '死亡' : '迁出', from: who, to: null }];
  return [...moved, ...facts, ...added, ...gone, ...ended];
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
