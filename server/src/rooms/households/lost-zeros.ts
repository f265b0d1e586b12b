import type { Reading } from '../../foundation/database/connect';
import type { RosterScope } from '../../foundation/rosters/roster';
import { householdsBeside, lengthsOfZeroCodes, type FoundHousehold, type PlacedCode } from './household-roster.queries';

/** Asked for once by a check: what the import itself adds later is none that a spreadsheet could have spoilt. */
const lengths = new WeakMap<RosterScope, Promise<number[]>>();

const zeroLengths = (db: Reading, scope: RosterScope): Promise<number[]> => {
  const known = lengths.get(scope) ?? lengthsOfZeroCodes(db);
  lengths.set(scope, known);
  return known;
};

/**
 * 户号 that a spreadsheet has made numbers of (0012 → 12), with the households that they were: nobody has the short one, the
 * place of the import has the long one, and the file does not name both. What stands in other towns is not looked at: they
 * number their households as they like, and whoever is told of one must be able to write it into his file.
 */
export async function lostZeros(
  db: Reading,
  scope: RosterScope,
  codes: readonly string[],
  known: readonly FoundHousehold[],
): Promise<Map<string, PlacedCode>> {
  const { tree, grid } = scope;
  const taken = known.filter(({ gridId, isClosed }) => !isClosed && tree.grid(gridId)?.county === grid.county);
  const there = new Set(taken.map(({ code }) => code));
  const numbers = codes.filter((code) => /^\d+$/.test(code) && !there.has(code));
  const longer = numbers.length === 0 ? [] : await zeroLengths(db, scope);
  const whole = new Map(
    numbers.flatMap((code) =>
      longer.filter((length) => length > code.length).map((length) => [code.padStart(length, '0'), code] as const),
    ),
  );
  if (whole.size === 0) return new Map();
  const beside = await householdsBeside(db, [...whole.keys()], scope.importId);
  const here = beside.filter(({ gridId }) => tree.isWithin(gridId, grid.id));
  return new Map(here.map((household) => [whole.get(household.code) ?? '', household]));
}
