import {
  householdFlags,
  relations,
  type HouseholdFlagName,
  type Relation,
} from '@sandan/shared/households/household.words';
import {
  linkReasons,
  visitLimits,
  visitNeeds,
  visitResults,
  type LinkReason,
  type VisitNeed,
  type VisitResult,
} from '@sandan/shared/households/visit.words';
import type { visitsApi } from '@sandan/shared/households/visits.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { holds, type Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import type { SigningKeys } from '../../foundation/access/signature';
import { fromJson, type Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import { photoLink } from '../../foundation/photos/links';
import { photosOf } from '../../foundation/photos/photos.service';
import { dueState, today } from './due-dates';
import { checksDueOf } from './flag-checks.queries';
import { openFlags, type HouseholdLine, type LinkPast } from './links.queries';
import { ordersOfVisits, type Inhabitant, type VisitLine } from './visits.queries';

type LinkedHousehold = ReplyOf<typeof visitsApi.households>['households'][number];
export type VisitReply = ReplyOf<typeof visitsApi.record>;
type Household = ReplyOf<typeof visitsApi.household>;

/** 碧塘村三组 */
export function placeName({ reference: { tree } }: Pick<Caller, 'reference'>, gridId: string): string {
  const grid = tree.grid(gridId);
  if (!grid) return '';
  return grid.tier === 'group' && grid.village ? `${tree.grid(grid.village)?.name ?? ''}${grid.name}` : grid.name;
}

const masked = (name: string | null): string | null => (name === null ? null : maskName(name));

/** For somebody who may visit them: names masked, door and flags as they are (domain.md §6, §12.8). */
export async function presentHouseholds(
  reading: Reading,
  caller: Caller,
  lines: readonly HouseholdLine[],
): Promise<LinkedHousehold[]> {
  const flags = new Map<string, string[]>();
  for (const { householdId, flag } of await openFlags(
    reading,
    lines.map((line) => line.householdId),
  )) {
    const name = householdFlags[reading.vault.open('householdFlag.flag', flag) as HouseholdFlagName].name;
    flags.set(householdId, [...(flags.get(householdId) ?? []), name]);
  }
  const checks = await checksDueOf(
    reading,
    lines.map((line) => line.householdId),
    today(caller.now),
  );
  return lines.map((line) => ({
    ...presentHousehold(reading, caller, line, [...new Set(flags.get(line.householdId))]),
    checksDue: checks.get(line.householdId) ?? 0,
  }));
}

function presentHousehold(
  reading: Reading,
  caller: Caller,
  line: HouseholdLine,
  flags: string[],
): Omit<LinkedHousehold, 'checksDue'> {
  const isAway = line.memberAwayUntil !== null && line.memberAwayUntil > caller.now;
  const others = line.memberId !== caller.personId;
  const tries = Number(line.tries);
  return {
    ...{ householdId: line.householdId, name: masked(line.headName), grid: placeName(caller, line.gridId), flags },
    ...{ door: reading.vault.open('household.door', line.door), isHub: Number(line.isHub) === 1 },
    standInFor: others && isAway && line.standInId === caller.personId ? line.memberName : null,
    standIn: !others && isAway ? line.standInName : null,
    lastVisitAt: line.lastVisitAt?.toISOString() ?? null,
    lastResultName: line.lastVisitResult === null ? null : visitResults[line.lastVisitResult as VisitResult].name,
    ...{ tries, dueOn: line.dueOn, due: dueState(line.dueOn, caller.now) },
    phoneAllowed: tries >= visitLimits.triesBeforePhone,
  };
}

export const presentPeople = (people: readonly Inhabitant[]): Household['people'] =>
  people.map(({ id, name, relation }) => ({
    ...{ personId: id, name: maskName(name) },
    relationName: relation === null ? null : relations[relation as Relation],
  }));

export const presentLinks = (links: readonly LinkPast[]): Household['links'] =>
  links.map(({ name, startsAt, endsAt, reason, endReason }) => ({
    ...{ name, from: startsAt.toISOString(), until: endsAt?.toISOString() ?? null },
    reasonName: linkReasons[(reason ?? 'roster') as LinkReason],
    endReasonName: endReason === null ? null : linkReasons[endReason as LinkReason],
  }));

const hourMs = 60 * 60_000;
const orderDays = 30;

export async function presentVisits(
  reading: Reading,
  caller: Caller,
  signing: SigningKeys,
  lines: readonly VisitLine[],
): Promise<VisitReply[]> {
  const ids = lines.map(({ id }) => id);
  const [photos, orders] = await Promise.all([
    ids.length > 0 ? photosOf(reading, 'visit', ids) : [],
    ordersOfVisits(reading, ids),
  ]);
  return lines.map((line) => ({
    ...{ id: line.id, householdId: line.householdId, name: masked(line.headName), byName: line.byName },
    grid: placeName(caller, line.gridId),
    door: reading.vault.open('household.door', line.door as Sealed | null),
    ...{ result: line.result, resultName: visitResults[line.result].name, at: line.at.toISOString() },
    met: masked(line.metName) ?? line.metWords,
    ...{ metPersonId: line.metPersonId, metWords: line.metWords, words: line.words },
    needs: fromJson<VisitNeed[]>(line.needs).map((need) => ({ need, name: visitNeeds[need] })),
    photos: photos.filter(({ thingId }) => thingId === line.id).map((photo) => photoLink(photo, signing, caller.now)),
    orderIds: orders.filter(({ visitId }) => visitId === line.id).map(({ orderId }) => orderId),
    ...{ changes: line.changes, allows: allowsOnVisit(caller, line) },
  }));
}

/** Its author mends it for a day, and makes an order of it for a month. */
function allowsOnVisit(caller: Caller, { memberId, recordedAt, at }: VisitLine): VisitReply['allows'] {
  if (memberId !== caller.personId) return [];
  const since = (from: Date): number => (caller.now.getTime() - from.getTime()) / hourMs;
  return [
    ...(since(recordedAt) <= visitLimits.editHours ? (['change'] as const) : []),
    ...(since(at) <= orderDays * 24 && holds(caller, 'order.settle') ? (['order'] as const) : []),
  ];
}
