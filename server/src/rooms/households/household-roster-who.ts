import type { RosterScope } from '../../foundation/rosters/roster';
import type { FoundPerson } from '../people/roster-people.queries';
import type { Found } from './household-roster-find';
import type { HouseholdRow } from './household-roster-row';
import type { FoundHousehold } from './household-roster.queries';

/**
 * Whom a row means. By identity number; else, within the household or of no household at all, by name with phone or
 * birthday, or by a name that is the only one. Last whoever died under this 户号 or with this phone: he is not written down
 * anew.
 */
export function personFor(
  value: HouseholdRow,
  household: FoundHousehold | null,
  found: Found,
  { tree, grid }: RosterScope,
): FoundPerson | null {
  const byNumber = value.idNumber === null ? undefined : found.byIdNumber.get(value.idNumber);
  if (byNumber) return byNumber;
  const isSame = (person: FoundPerson): boolean =>
    person.name === value.name && (person.idNumber === null || value.idNumber === null);
  const members = household ? (found.membersOf.get(household.id) ?? []) : [];
  const reached = (value.phone === null ? [] : (found.byPhone.get(value.phone) ?? [])).filter(isSame);
  const homeless = reached.filter(({ householdId, isGone }) => householdId === null && !isGone);
  const coded = (found.households.get(value.code ?? '') ?? []).flatMap(({ id }) => found.goneOf.get(id) ?? []);
  const gone = [...coded, ...reached.filter(({ isGone }) => isGone)].filter(
    ({ homeGridId }) => homeGridId === null || tree.isWithin(homeGridId, grid.id),
  );
  return (
    among(members.filter(isSame), value) ??
    (homeless.length === 1 ? homeless[0] : undefined) ??
    among(gone.filter(isSame), value) ??
    null
  );
}

/** Of people of this name. */
function among(people: readonly FoundPerson[], value: HouseholdRow): FoundPerson | undefined {
  const byPhone = value.phone === null ? undefined : people.find(({ phone }) => phone === value.phone);
  const byDay = value.bornOn === null ? undefined : people.find(({ bornOn }) => bornOn === value.bornOn);
  const [only, another] = people;
  return byPhone ?? byDay ?? (another === undefined && !contradicts(only, value) ? only : undefined);
}

/** Father and son may have one name: another birthday is another person. */
const contradicts = (person: FoundPerson | undefined, { bornOn }: HouseholdRow): boolean =>
  person !== undefined && person.bornOn !== null && bornOn !== null && person.bornOn !== bornOn;
